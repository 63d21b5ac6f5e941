"""Equivariance and invariance: fill in the three functions."""

import numpy as np


def shift2d(X, dy, dx):
    """The image moved down by dy and right by dx, around the edges.

    X: image (H, W) or (C, H, W), any real dtype; dy, dx: any whole numbers, also negative or larger than the image.
    Returns a copy of the same shape.
    """
    raise NotImplementedError


def equivariance_gap(f, X, dy, dx, stride=1):
    """The largest |f(shift(X, dy, dx)) - shift(f(X), dy / stride, dx / stride)|, a float.

    f: takes an image, returns an array whose last two axes are space; it is called twice.
    Raises ValueError where stride does not divide both dy and dx.
    """
    raise NotImplementedError


def invariance_gap(f, X, dy, dx):
    """The largest |f(shift(X, dy, dx)) - f(X)|, a float.

    f: takes an image, returns an array or a number; it is called twice.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_equivariance.py; the grader does not run it

    def cyclic(X):
        """Each pixel minus its left neighbour, which for the first is the last."""
        return X - X[..., np.arange(-1, X.shape[-1] - 1)]

    def padded(X):
        """Each pixel minus its left neighbour, which for the first is 0."""
        return np.diff(X, axis=-1, prepend=0)

    def sampled(X):
        """Every second pixel."""
        return X[..., ::2, ::2]

    def pooled(X):
        """Max pooling with windows of 2×2 and stride 2, for even sizes."""
        return np.max([X[..., i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0)

    print(shift2d(np.arange(1, 13).reshape(3, 4), 1, 2))  # [[11, 12, 9, 10], [3, 4, 1, 2], [7, 8, 5, 6]]
    X = np.array([[1, 0, 0, 2], [0, 5, 3, 0], [0, 4, 2, 0], [0, 0, 0, 0]])
    print(equivariance_gap(cyclic, X, 0, 1))  # 0
    print(equivariance_gap(padded, X, 0, 1))  # 3
    print(equivariance_gap(sampled, X, 0, 2, stride=2))  # 0
    print(invariance_gap(pooled, X, 0, 1))  # 4
    print(invariance_gap(np.mean, X, 1, 2))  # 0
