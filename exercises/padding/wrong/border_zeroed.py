"""Border overwritten instead of added

You set the image's own outer pixels to zero. The zeros are added around it: make a larger array.
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
        P = F - 1
    else:
        raise ValueError(f"unknown mode {mode}")
    X = np.asarray(X, dtype=float)
    if P > 0:
        X[:P] = X[-P:] = 0
        X[:, :P] = X[:, -P:] = 0
    return X
