"""Modes accepted in any spelling

You mend the spelling of the mode before you look at it, so "SAME" or " full" is taken for a mode. Only the three words
as they are written are modes; anything else raises ValueError.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    mode = str(mode).strip().lower()
    if mode == "valid":
        P = 0
    elif mode == "same":
        P = F // 2
    elif mode == "full":
        P = F - 1
    else:
        raise ValueError(mode)
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    padded = np.zeros((H + 2 * P, W + 2 * P))
    padded[P:P + H, P:P + W] = X
    return padded
