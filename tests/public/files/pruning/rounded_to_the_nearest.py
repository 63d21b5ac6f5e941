"""The number of pruned weights is rounded to the nearest whole number.

Source: neuralmagic/sparseml pull request 589, "Mask creator int -> round".
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
            m.flat[order[:round(fraction * len(alive))]] = 0
        new[name] = m
    return new
