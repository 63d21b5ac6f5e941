"""Integers returned

For whole-number input you return whole numbers, and 8-bit products wrap around. Convert the input to float
first.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(X, padding)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)
    return np.einsum("ijmn,mn->ij", windows[::stride, ::stride], K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
