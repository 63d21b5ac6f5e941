"""Differences of whole numbers wrap around

3 − 5 is 254 in uint8, and −100 − 100 is 56 in int8. Make both sides floating point before you subtract.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(X, (dy, dx), axis=(-2, -1))


def largest(a, b):
    return float(np.max(np.abs(np.subtract(a, b))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
