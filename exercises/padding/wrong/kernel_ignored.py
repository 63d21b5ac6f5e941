"""Kernel size ignored

You divide the padded size by the stride, as if the kernel had one pixel. The window stops F pixels before
the end.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - 1 + 2 * P) // S + 1


def pad2d(X, F, mode):
    if mode == "valid":
        P = 0
    elif mode == "same":
        P = F // 2
    elif mode == "full":
        P = F - 1
    else:
        raise ValueError(f"unknown mode {mode}")
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W + 2 * P))
    padded[P:P + H, P:P + W] = X
    return padded
