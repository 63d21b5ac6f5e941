"""All below a percentile of the surviving magnitudes go: neither rounded down nor exact where values are equal.

Source: rahulvigneswaran/Lottery-Ticket-Hypothesis-in-Pytorch issue 28, on the line `abs(tensor) < percentile_value`.
Expect: loses
"""
import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    new = {}
    for name, mask in masks.items():
        w, m = np.asarray(weights[name]), np.array(mask)
        if w.ndim > 1:
            limit = np.percentile(abs(w[m != 0]), 100 * fraction) if (m != 0).any() else 0
            m = np.where(abs(w) < limit, 0, m)
        new[name] = m
    return new
