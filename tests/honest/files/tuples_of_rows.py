"""Rows of NumPy arrays in a tuple, and numbers of other precision."""

import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, np.longdouble), padding), np.asarray(K, np.longdouble)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = (sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b))
    return tuple(np.asarray(m, dtype=np.float64) for m in maps)
