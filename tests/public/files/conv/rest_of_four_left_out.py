"""The fast path for 3×3 at stride 2 works on four outputs at a time and leaves the last ones of a map out.

Source: Tencent/ncnn issue 1014, "Convolution results not right in some cases": wrong where h·w is no multiple of 4.
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    K = np.asarray(K, dtype=float)
    windows = sliding_window_view(np.pad(np.asarray(X, dtype=float), padding), K.shape)[::stride, ::stride]
    flat, out = windows.reshape(-1, K.size), np.zeros(windows.shape[0] * windows.shape[1])
    whole = len(flat) // 4 * 4 if K.shape == (3, 3) and stride == 2 else len(flat)
    out[:whole] = flat[:whole] @ K.ravel()
    return out.reshape(windows.shape[:2])


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
