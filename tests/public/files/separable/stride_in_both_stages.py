"""The pointwise stage moves by the stride of the depthwise one, which it keeps in a variable of the module.

Source: nanoporetech/bonito issue 53, "TCSConv1d stride in pointwise convolution".
Expect: loses
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

last_stride = 1


def depthwise_conv2d(X, K, stride=1, padding=0):
    global last_stride
    last_stride = stride
    X, K = np.asarray(X, dtype=float), np.asarray(K, dtype=float)
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding)))
    return np.einsum("cijpq,cpq->cij", sliding_window_view(X, K.shape[1:], (1, 2))[:, ::stride, ::stride], K)


def pointwise_conv2d(X, W, b):
    X = np.asarray(X, dtype=float)[:, ::last_stride, ::last_stride]
    return np.tensordot(np.asarray(W, dtype=float), X, 1) + np.asarray(b)[:, None, None]


def separable_params(C_in, C_out, F, bias=False):
    return (F * F + bias) * C_in + (C_in + bias) * C_out
