"""Parameters have other names

The values are right, but the parameters have to be called W, F, P, S and X, F, mode: callers name them.
"""
import numpy as np


def output_size(width, kernel, padding=0, stride=1):
    return (width - kernel + 2 * padding) // stride + 1


def pad2d(image, F, kind):
    mode = kind
    if mode == "valid":
        P = 0
    elif mode == "same":
        P = F // 2
    elif mode == "full":
        P = F - 1
    else:
        raise ValueError(f"unknown mode {mode}")
    X = np.asarray(image, dtype=float)
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W + 2 * P))
    padded[P:P + H, P:P + W] = X
    return padded
