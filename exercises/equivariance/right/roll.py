"""NumPy's roll, and differences in floating point."""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(X, (dy, dx), axis=(-2, -1))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride != 0 or dx % stride != 0:
        raise ValueError("stride must divide the shifts")
    moved_first = np.asarray(f(shift2d(X, dy, dx)), dtype=float)
    moved_last = np.asarray(shift2d(f(X), dy // stride, dx // stride), dtype=float)
    return float(np.abs(moved_first - moved_last).max())


def invariance_gap(f, X, dy, dx):
    a, b = np.float64(f(X)), np.float64(f(shift2d(X, dy, dx)))
    return float(np.max(np.abs(a - b)))
