"""One pixel after the other, channel by channel."""

import math

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X)
    if X.ndim > 2:
        return np.array([shift2d(channel, dy, dx) for channel in X])
    H, W = X.shape
    moved = np.empty((H, W))
    for i in range(H):
        for j in range(W):
            moved[(i + dy) % H, (j + dx) % W] = X[i, j]
    return moved


def equivariance_gap(f, X, dy, dx, stride=1):
    if math.gcd(dy, dx, stride) != stride:
        raise ValueError("the stride does not divide the shifts")
    expected = shift2d(f(X), dy // stride, dx // stride)
    gap = 0.0
    for index, value in np.ndenumerate(f(shift2d(X, dy, dx))):
        gap = max(gap, abs(float(value) - float(expected[index])))
    return gap


def invariance_gap(f, X, dy, dx):
    here, there = np.asarray(f(X)), np.asarray(f(shift2d(X, dy, dx)))
    return max(abs(float(there[index]) - float(value)) for index, value in np.ndenumerate(here))
