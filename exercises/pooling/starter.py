"""Pooling: fill in the three functions."""

import numpy as np  # noqa: F401


def max_pool2d(X, pool_size=2, stride=2):
    """The largest value of each window.

    X: image (H, W), any real dtype; pool_size: side of the square window; stride: step of the window.
    Returns a floating-point array (H_out, W_out) with H_out = floor((H - pool_size) / stride) + 1.
    """
    raise NotImplementedError


def avg_pool2d(X, pool_size=2, stride=2):
    """The mean of each window.

    Takes and returns the same shapes as max_pool2d.
    """
    raise NotImplementedError


def global_avg_pool(X):
    """The mean of each channel.

    X: feature maps (C, H, W), any real dtype.
    Returns a floating-point array (C,).
    """
    raise NotImplementedError
