"""Two shifts are given to `np.roll` and no axes: the array is made flat and rolled by their sum.

Source: numpy/numpy issue 14277, "np.roll produces unexpected behavior when shift is a tuple but axis is not".
Expect: loses
"""
import numpy as np


def shift2d(X, dy, dx):
    return np.roll(X, (dy, dx))


def largest(difference):
    return float(np.max(np.abs(difference)))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("the stride does not divide the shift")
    moved = np.asarray(f(shift2d(X, dy, dx)), dtype=float)
    return largest(moved - shift2d(np.asarray(f(X), dtype=float), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(np.asarray(f(shift2d(X, dy, dx)), dtype=float) - np.asarray(f(X), dtype=float))
