"""A weight that is 0 counts as pruned already: it is no candidate, and the share is taken of fewer.

Source: neuralmagic/sparseml issue 750, "Sparsity miscalculated": from the values instead of from the masks.
Expect: loses
"""
import numpy as np


def prune_smallest(weights, masks, fraction=0.2):
    new = {}
    for name, mask in masks.items():
        w, m = np.asarray(weights[name]), np.array(mask)
        if w.ndim > 1:
            alive = np.flatnonzero(w * m)
            order = alive[np.argsort(abs(w.flat[alive]), kind="stable")]
            m.flat[order[:int(fraction * len(alive))]] = 0
        new[name] = m
    return new
