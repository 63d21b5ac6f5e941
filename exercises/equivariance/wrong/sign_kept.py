"""The largest difference without its magnitude

A difference may be negative: take its magnitude before you look for the largest.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def largest(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return float(np.max(a - b))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
