"""The share is taken of all weights, not of those that are left.

Source: facebookresearch/pytext pull request 1170, "Accumulative blockwise pruning".
Expect: loses
"""
import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    new = {}
    for name, mask in masks.items():
        w, m = np.asarray(weights[name]), np.array(mask)
        if w.ndim > 1:
            alive = np.flatnonzero(m)
            order = alive[np.argsort(abs(w.flat[alive]))]
            m.flat[order[:int(fraction * w.size)]] = 0
        new[name] = m
    return new
