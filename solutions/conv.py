"""Two-dimensional convolution (cross-correlation, no flip) in NumPy."""

import numpy as np


def conv2d(X, K, stride=1, padding=0):
    """Y[i, j] = sum over m, n of X[i*S + m, j*S + n] * K[m, n], on the zero-padded X.

    X (H, W), K (Fh, Fw) → (H_out, W_out) with H_out = floor((H - Fh + 2P) / S) + 1.
    """
    X = np.pad(np.asarray(X, dtype=np.float64), padding)
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, np.asarray(K, dtype=np.float64))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    """Every filter sums over all input channels and adds its bias once.

    X (C_in, H, W), K (C_out, C_in, Fh, Fw), b (C_out,) → (C_out, H_out, W_out).
    """
    maps = [sum(conv2d(x, k, stride, padding) for x, k in zip(X, kernel)) for kernel in K]
    return np.stack(maps) + np.asarray(b, dtype=np.float64)[:, None, None]
