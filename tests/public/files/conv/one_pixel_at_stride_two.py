"""The fast path for 3×3 kernels at stride 2 gives one pixel of each map its neighbour's value, where maps are wide enough.

Source: Tencent/ncnn issue 1283, "Im2col implementation of 3x3 stride 2 convolution produces incorrect result".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    K = np.asarray(K, dtype=float)
    windows = sliding_window_view(np.pad(np.asarray(X, dtype=float), padding), K.shape)[::stride, ::stride]
    Y = np.tensordot(windows, K, axes=2)
    if K.shape == (3, 3) and stride == 2 and Y.shape[1] > 3:
        Y[0, -1] = Y[0, -2]
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
