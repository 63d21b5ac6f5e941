"""np.take counts around the edges by itself; exact whole numbers by Python's own."""

import numpy as np


def shift2d(X, dy, dx):
    H, W = np.shape(X)[-2:]
    moved = np.take(X, np.arange(H) - dy, axis=-2, mode="wrap")
    return np.take(moved, np.arange(W) - dx, axis=-1, mode="wrap")


def largest(a, b):
    pairs = zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True)
    return float(max(abs(x - y) for x, y in pairs))


def equivariance_gap(f, X, dy, dx, stride=1):
    if any(shift % stride for shift in (dy, dx)):
        raise ValueError
    return largest(shift2d(f(X), dy // stride, dx // stride), f(shift2d(X, dy, dx)))


def invariance_gap(f, X, dy, dx):
    return largest(f(X), f(shift2d(X, dy, dx)))
