"""A relative gap

You divide by the size of the values. What is asked for is the largest difference itself.
"""

import numpy as np

EPSILON = 1e-8
FAMILY = {"EPSILON": (1e-8, 1e-12, 1e-6)}

def shift2d(X, dy, dx):
    return np.roll(np.asarray(X, dtype=float), (dy, dx), axis=(-2, -1))


def largest(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return float(np.max(np.abs(a - b)) / (np.max(np.abs(b)) + EPSILON))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride or dx % stride:
        raise ValueError("stride has to divide dy and dx")
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    return largest(f(shift2d(X, dy, dx)), f(X))
