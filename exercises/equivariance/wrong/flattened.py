"""Rolled as one long row

Without an axis, np.roll takes the image as one long row: what leaves a row on the right comes back one row further
down. Name the axes.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=float)
    return np.roll(X, dy * X.shape[-1] + dx)


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
