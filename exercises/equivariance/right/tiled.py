"""The plane is covered with copies of the image, and a window of its size is cut out elsewhere."""

import numpy as np


def shift2d(X, dy, dx):
    X = np.asarray(X, dtype=np.float64)
    H, W = X.shape[-2:]
    plane = np.concatenate([X, X], axis=-2)
    plane = np.concatenate([plane, plane], axis=-1)
    top, left = -dy % H, -dx % W
    return plane[..., top : top + H, left : left + W].copy()


class Gap:
    """The largest difference of two answers."""

    def __call__(self, a, b):
        return float(np.max([np.max(np.asarray(a, float) - b), np.max(np.asarray(b, float) - a)]))


largest = Gap()


def equivariance_gap(f, X, dy, dx, stride=1):
    if not dy % stride == dx % stride == 0:
        raise ValueError("dy and dx must be multiples of stride")
    X = np.array(X, dtype=np.float64)
    return largest(f(shift2d(X, dy, dx)), shift2d(f(X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    X = np.array(X, dtype=np.float64)
    return largest(f(shift2d(X, dy, dx)), f(X))
