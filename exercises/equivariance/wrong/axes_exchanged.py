"""Down and right exchanged

dy moves along the rows' index, the last axis but one; dx along the columns' index, the last axis. Yours are
exchanged.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dx, dy), axis=(-2, -1))


def largest(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
