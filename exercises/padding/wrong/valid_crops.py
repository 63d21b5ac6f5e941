"""'valid' cuts the border off

You remove F // 2 pixels from each side in mode 'valid'. The convolution makes the image smaller by itself;
here nothing is added or removed.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    if mode == "valid":
        r = F // 2
        return np.asarray(X, dtype=float)[r:X.shape[0] - r, r:X.shape[1] - r]
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
