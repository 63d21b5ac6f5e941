"""What f returned is overwritten

You subtract in place, in the array that f returned. It is not yours: f may have given you X itself, or a view of
it.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def largest(a, b):
    if isinstance(b, np.ndarray) and b.dtype == np.float64 and b.ndim and b.flags.writeable:
        b -= np.asarray(a)
        return float(np.max(np.abs(b)))
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(shift2d(f(X), dy // stride, dx // stride), f(shift2d(X, dy, dx)))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
