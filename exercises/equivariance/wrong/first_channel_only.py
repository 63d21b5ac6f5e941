"""Only the first channel is compared

f may return several channels. The largest difference is taken over all of them.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def largest(a, b):
    difference = np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
    return float(np.max(difference[0] if difference.ndim == 3 else difference))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
