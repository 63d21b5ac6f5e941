"""A 1×1 kernel needs no border, says the shortcut: but padding makes the output larger, whatever the kernel.

Source: forresti/SqueezeNet issue 32, "conv10 layer has pad 1": a 1×1 layer whose padding looks like an oversight.
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    X, K = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    if K.size == 1:
        return X[::stride, ::stride] * K.item()
    return np.tensordot(sliding_window_view(np.pad(X, padding), K.shape)[::stride, ::stride], K, axes=2)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
