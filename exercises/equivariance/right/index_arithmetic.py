"""Each pixel is fetched from where it was, by its index modulo the size."""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=float)
    H, W = X.shape[-2:]
    rows = (np.arange(H) - dy) % H
    columns = (np.arange(W) - dx) % W
    return X[..., rows[:, None], columns]


def distance(a, b):
    return float(np.amax(np.absolute(np.subtract(a, b, dtype=np.float64))))


def equivariance_gap(f, X, dy, dx, stride=1):
    (down, rest_y), (right, rest_x) = divmod(dy, stride), divmod(dx, stride)
    if rest_y or rest_x:
        raise ValueError(f"{stride} has to divide {dy} and {dx}")
    return distance(f(shift2d(X, dy, dx)), shift2d(f(np.asarray(X)), down, right))


def invariance_gap(f, X, dy, dx):
    return distance(f(shift2d(X, dy, dx)), f(np.asarray(X)))
