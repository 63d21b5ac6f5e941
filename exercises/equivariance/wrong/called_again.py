"""f is called more than twice

A network takes its time, and one with dropout answers otherwise each time. Call f once for the shifted image and
once for X, and keep the answers.
"""

import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    shape = np.shape(f(X))
    gap = np.asarray(f(shift2d(X, dy, dx)), dtype=float) - shift2d(f(X), dy // stride, dx // stride)
    return float(np.abs(gap.reshape(shape)).max())


def invariance_gap(f, X, dy, dx):
    shape = np.shape(f(X))
    gap = np.asarray(f(shift2d(X, dy, dx)), dtype=float) - np.asarray(f(X), dtype=float)
    return float(np.abs(gap.reshape(shape)).max())
