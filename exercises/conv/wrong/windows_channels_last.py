"""Windows laid out with the channels last, filters with the channels first

Your row for a window runs through the pixels and, at each of them, through the channels; your row for a filter runs
through the channels first. So weights meet pixels that are not theirs. Flatten both in the same order.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    return conv2d_multichannel(np.asarray(X)[None], np.asarray(K)[None, None], np.zeros(1), stride, padding)[0]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    X, K, b = (np.asarray(a, dtype=float) for a in (X, K, b))
    X = np.pad(X, [(0, 0), (padding, padding), (padding, padding)])
    filters, channels, rows, columns = K.shape
    windows = np.lib.stride_tricks.sliding_window_view(X, (rows, columns), axis=(1, 2))[:, ::stride, ::stride]
    height, width = windows.shape[1:3]
    flat = windows.transpose(1, 2, 3, 4, 0).reshape(height * width, -1)
    return (K.reshape(filters, -1) @ flat.T + b[:, None]).reshape(filters, height, width)
