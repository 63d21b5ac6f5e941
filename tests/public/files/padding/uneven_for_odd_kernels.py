"""'same' puts one more row and column at the end when the kernel is odd; it is the even ones that need it.

Source: root-project/root issue 21737, "Conv and Pool SAME_UPPER/SAME_LOWER auto-padding computes wrong output shape".
Expect: loses
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W + 2 * P - F) // S + 1


def pad2d(X, F, mode):
    X = np.asarray(X, dtype=float)
    if mode == "valid":
        return X.copy()
    if mode == "full":
        return np.pad(X, F - 1)
    if mode == "same":
        return np.pad(X, (F // 2, F // 2 + F % 2))
    raise ValueError(f"unknown mode {mode}")
