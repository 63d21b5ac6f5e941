"""f called with a keyword

You call f(X=…), but f is any function of an image, and its parameter may have any name. Hand the image over by its
place: f(X).
"""

import numpy as np


def shift2d(X, dy, dx):
    """The image moved down by dy and right by dx, around the edges: value (i, j) goes to ((i + dy) % H, (j + dx) % W).

    X: (H, W) or (C, H, W) → float64, the same shape, a copy.
    """
    return np.roll(np.asarray(X, dtype=np.float64), (dy, dx), axis=(-2, -1))


def equivariance_gap(f, X, dy, dx, stride=1):
    """The largest |f(shift(X, dy, dx)) − shift(f(X), dy / stride, dx / stride)|.

    f: from an image (H, W) or (C, H, W) to an array whose last two axes are space. ValueError unless stride divides
    dy and dx.
    """
    if dy % stride or dx % stride:
        raise ValueError(f"stride {stride} does not divide the shifts {dy} and {dx}")
    return _largest_gap(f(X=shift2d(X, dy, dx)), shift2d(f(X=X), dy // stride, dx // stride))


def invariance_gap(f, X, dy, dx):
    """The largest |f(shift(X, dy, dx)) − f(X)|; f may return a number."""
    return _largest_gap(f(X=shift2d(X, dy, dx)), f(X=X))


def _largest_gap(a, b):
    return float(np.max(np.abs(np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64))))
