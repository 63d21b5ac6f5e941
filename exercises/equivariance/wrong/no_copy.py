"""Without a shift, the image itself comes back

Where nothing moves, yours returns X itself and not a copy of it: whoever writes to the answer changes X.
"""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X)
    if dy % X.shape[-2] == 0 and dx % X.shape[-1] == 0:
        return X
    return np.roll(X, (dy, dx), axis=(-2, -1))


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
