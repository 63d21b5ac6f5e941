"""The image is read as it lies in memory: wrong for one that was turned over or transposed without a copy.

Source: cupy/cupy issue 10303, "convolve(..., method="direct") returns wrong results when in1 has negative strides".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    X, K = np.asarray(X), np.asarray(K, dtype=float)
    if any(step < 0 for step in X.strides):
        X = X[tuple(slice(None, None, -1 if step < 0 else 1) for step in X.strides)]
    memory = X.ravel(order="K").astype(float)
    windows = sliding_window_view(np.pad(memory.reshape(X.shape), padding), K.shape)
    return np.tensordot(windows[::stride, ::stride], K, axes=2)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
