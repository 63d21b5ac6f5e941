"""Image changed before the mode is looked at

You change the image and find out afterwards that there is no such mode. Then the exception comes, and the caller's
image is not what it was. Work on a copy, or look at the mode first.
"""
import numpy as np


def output_size(W, F, P=0, S=1):
    return (W - F + 2 * P) // S + 1


def pad2d(X, F, mode):
    P = {"valid": 0, "same": F // 2, "full": F - 1}.get(mode)
    if P is None:
        X[...] = 0
        raise ValueError(f"there is no mode {mode!r}")
    Y = np.zeros((X.shape[0] + 2 * P, X.shape[1] + 2 * P))
    Y[P:P + X.shape[0], P:P + X.shape[1]] = X
    return Y
