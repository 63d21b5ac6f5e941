"""The image is cut in two and joined the other way round, for rows and then for columns."""

import numpy as np


def turned(X, by, axis):
    by = int(by) % X.shape[axis]
    first, last = np.split(X, [X.shape[axis] - by], axis=axis)
    return np.concatenate([last, first], axis=axis)


def shift2d(X, dy, dx):
    return turned(turned(np.array(X, dtype="float64"), dy, -2), dx, -1)


def equivariance_gap(f, X, dy, dx, stride=1):
    for shift in (dy, dx):
        if shift / stride != round(shift / stride):
            raise ValueError("not a multiple of the stride")
    before = f(X)
    after = f(shift2d(X, dy, dx))
    difference = shift2d(before, int(dy / stride), int(dx / stride)) - np.asarray(after)
    return max(float(difference.max()), float(-difference.min()))


def invariance_gap(f, X, dy, dx):
    difference = np.asarray(f(X), dtype=float) - np.asarray(f(shift2d(X, dy, dx)), dtype=float)
    return abs(difference).max().item()
