"""Weights are ordered by value: the most negative go first.

Source: rahulvigneswaran/Lottery-Ticket-Hypothesis-in-Pytorch issue 31, "Freezing Condition Affects Negative Weights".
Expect: loses
"""
import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    new = {}
    for name, mask in masks.items():
        w, m = np.asarray(weights[name]), np.array(mask)
        if w.ndim > 1:
            alive = np.flatnonzero(m)
            order = alive[np.argsort(w.flat[alive])]
            m.flat[order[:int(fraction * len(alive))]] = 0
        new[name] = m
    return new
