"""Depthwise separable convolution in NumPy: a filter per channel, then a 1×1 convolution."""

import numpy as np


def depthwise_conv2d(X, K, stride=1, padding=0):
    """Y[c, i, j] = sum over m, n of X[c, i*S + m, j*S + n] * K[c, m, n], on the zero-padded X.

    X (C, H, W), K (C, Fh, Fw) → (C, H_out, W_out).
    """
    X, K = np.asarray(X, dtype=np.float64), np.asarray(K, dtype=np.float64)
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape[1:], axis=(1, 2))
    return np.einsum("cijmn,cmn->cij", windows[:, ::stride, ::stride], K)


def pointwise_conv2d(X, W, b):
    """Y[o, i, j] = sum over c of W[o, c] * X[c, i, j], plus b[o].

    X (C, H, W), W (C_out, C), b (C_out,) → (C_out, H, W).
    """
    X, W, b = (np.asarray(a, dtype=np.float64) for a in (X, W, b))
    return np.einsum("oc,cij->oij", W, X) + b[:, None, None]


def separable_params(C_in, C_out, F, bias=False):
    """F·F weights per input channel, then C_in per output channel; with bias=True one more for each map."""
    return (F * F + bias) * C_in + (C_in + bias) * C_out
