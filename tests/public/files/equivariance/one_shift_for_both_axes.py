"""The shift of the rows is used for the columns, too: right as long as both are the same.

Source: NVIDIA/physicsnemo issue 1399, "Incorrect shift parameter in torch.roll inside forward()".
Expect: loses
"""
import numpy as np


def shift2d(X, dy, dx):
    return np.roll(np.array(X), shift=(dy, dy), axis=(-2, -1))


def equivariance_gap(f, X, dy, dx, stride=1):
    if dy % stride != 0 or dx % stride != 0:
        raise ValueError("dy and dx must be multiples of stride")
    first = np.asarray(f(np.roll(np.array(X), (dy, dx), axis=(-2, -1))), dtype=np.float64)
    second = np.roll(np.array(f(X), dtype=np.float64), (dy // stride, dx // stride), axis=(-2, -1))
    return float(np.abs(first - second).max())


def invariance_gap(f, X, dy, dx):
    first = f(np.roll(np.array(X), (dy, dx), axis=(-2, -1)))
    return float(np.abs(np.asarray(first, dtype=np.float64) - np.asarray(f(X), dtype=np.float64)).max())
