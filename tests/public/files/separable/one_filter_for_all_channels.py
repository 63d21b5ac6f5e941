"""The first channel's filter is laid on every channel: fewer weights than a depthwise convolution has.

Source: alexandrosstergiou/keras-DepthwiseConv3D issue 7: "Only one filter was applied over all channels".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def depthwise_conv2d(X, K, stride=1, padding=0):
    X, K = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding)))
    windows = sliding_window_view(X, K.shape[1:], axis=(1, 2))[:, ::stride, ::stride]
    return (windows * K[0]).sum((-2, -1))


def pointwise_conv2d(X, W, b):
    return np.tensordot(np.asarray(W, dtype=float), np.asarray(X, dtype=float), 1) + np.asarray(b)[:, None, None]


def separable_params(C_in, C_out, F, bias=False):
    return F * F * C_in + C_in * C_out + (C_in + C_out if bias else 0)
