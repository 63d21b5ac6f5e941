"""Pooling: fill in the three functions."""

import numpy as np


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


if __name__ == "__main__":  # the statement's example: python my_pooling.py; the grader does not run it
    X = np.array([[1, 3, 2, 4], [2, 1, 0, 3], [4, 1, 2, 0], [3, 2, 3, 2]])
    print(max_pool2d(X))  # [[3, 4], [4, 3]]
    print(max_pool2d(X, 3, 1))  # [[4, 4], [4, 3]]
    print(avg_pool2d(X))  # [[1.75, 2.25], [2.5, 1.75]]
    print(global_avg_pool(X[None]))  # [2.0625]
