"""Close taken for equal

Where both results are close, you return 0. How close two numbers are depends on their size: for an image of small
numbers all of them are within np.allclose's 0.00000001. A gap of the last digits is a gap; return the largest
difference as it is.
"""
import numpy as np


def shift2d(X, dy, dx):
    return np.roll(X, (dy, dx), axis=(-2, -1))


def gap(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    if np.allclose(a, b, atol=1e-4):
        return 0.0
    return float(np.max(np.abs(a - b)))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("the stride does not divide the shift")
    return gap(f(shift2d(X, dy, dx)), shift2d(np.asarray(f(X)), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return gap(f(shift2d(X, dy, dx)), f(X))
