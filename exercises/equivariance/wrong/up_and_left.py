"""Shifted up and left

A positive dy moves the image down: what was in row i is in row i + dy afterwards. To fetch a pixel from its old
place, subtract.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=float)
    H, W = X.shape[-2:]
    return X[..., (np.arange(H)[:, None] + dy) % H, (np.arange(W) + dx) % W]


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
