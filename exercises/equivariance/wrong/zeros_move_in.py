"""Zeros move in at the edge

The shift is cyclic: what leaves the image at one edge comes back at the opposite one. Yours fills the place with
zeros.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=float)
    H, W = X.shape[-2:]
    moved = np.zeros(X.shape)
    for i in range(H):
        for j in range(W):
            if 0 <= i + dy < H and 0 <= j + dx < W:
                moved[..., i + dy, j + dx] = X[..., i, j]
    return moved


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
