"""Value of largest magnitude

You look for the value with the largest absolute value. Max pooling takes the largest value itself: of −3 and 1
it takes 1.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(X, pool_size=2, stride=2):
    """Y[i, j] = the largest value of the k×k window whose upper left corner is X[i·S, j·S].

    X (H, W) → (H_out, W_out) with H_out = floor((H − k) / S) + 1, W_out likewise.
    """
    windows = _windows(X, pool_size, stride)
    flat = windows.reshape(*windows.shape[:2], -1)
    largest = np.abs(flat).argmax(axis=2)
    return np.take_along_axis(flat, largest[..., None], axis=2)[..., 0]


def avg_pool2d(X, pool_size=2, stride=2):
    """Y[i, j] = the mean of the same window. X (H, W) → (H_out, W_out)."""
    return _windows(X, pool_size, stride).mean(axis=(2, 3))


def global_avg_pool(X):
    """The mean of each channel. X (C, H, W) → (C,)."""
    return np.asarray(X, dtype=np.float64).mean(axis=(1, 2))


def _windows(X, k, stride):
    """X (H, W) → (H_out, W_out, k, k)."""
    return sliding_window_view(np.asarray(X, dtype=np.float64), (k, k))[::stride, ::stride]
