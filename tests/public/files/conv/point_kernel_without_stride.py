"""A 1×1 kernel only scales the image, says the shortcut, and forgets the stride.

Source: pulp-platform/pulp-nn issue 9, "Pointwise kernels only work for strides = 1".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, dtype=float), padding), np.asarray(K, dtype=float)
    if K.size == 1:
        return X * K.item()
    return np.tensordot(sliding_window_view(X, K.shape)[::stride, ::stride], K, axes=2)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
