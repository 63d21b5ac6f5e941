"""Two mistakes in one file, each named where it shows: kernels are turned, and biases left out.

Name: kernel-flipped bias-forgotten
Lost: window channels bias
"""
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d(X, K, stride=1, padding=0):
    """Y[i, j] = Σ_m Σ_n X[i·S + m, j·S + n] · K[m, n], with X zero-padded by P on all four sides.

    X (H, W), K (Fh, Fw) → (H_out, W_out) with H_out = floor((H − Fh + 2P) / S) + 1, W_out likewise.
    """
    X = np.pad(np.asarray(X, dtype=np.float64), padding)
    K = np.asarray(K, dtype=np.float64)
    windows = sliding_window_view(X, K.shape)[::stride, ::stride]  # (H_out, W_out, Fh, Fw)
    return np.einsum("ijmn,mn->ij", windows, K[::-1, ::-1])


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    """Y[o, i, j] = b[o] + Σ_c Σ_m Σ_n X[c, i·S + m, j·S + n] · K[o, c, m, n]: sums over channels, adds each bias once.

    X (C_in, H, W), K (C_out, C_in, Fh, Fw), b (C_out,) → (C_out, H_out, W_out).
    """
    X = np.pad(np.asarray(X, dtype=np.float64), ((0, 0), (padding, padding), (padding, padding)))
    K = np.asarray(K, dtype=np.float64)
    windows = sliding_window_view(X, K.shape[2:], axis=(1, 2))[:, ::stride, ::stride]  # (C_in, H_out, W_out, Fh, Fw)
    return np.einsum("cijmn,ocmn->oij", windows, K[:, :, ::-1, ::-1])
