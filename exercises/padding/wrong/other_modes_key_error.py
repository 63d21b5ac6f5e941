"""Other modes raise KeyError

A failed dictionary look-up raises KeyError. Test the mode first and raise ValueError.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    P = {"valid": 0, "same": F // 2, "full": F - 1}[mode]
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W + 2 * P))
    padded[P:P + H, P:P + W] = X
    return padded
