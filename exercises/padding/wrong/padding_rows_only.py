"""Padding along one axis only

You add rows of zeros, but no columns. Padding goes on all four sides.
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
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W))
    padded[P:P + H] = X
    return padded
