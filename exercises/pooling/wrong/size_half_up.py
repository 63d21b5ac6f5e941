"""Output size (H + 1) // stride

Your output size does not depend on pool_size, so it is right only for some sizes. Count the starting rows
at which a whole window fits.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H + 1) // stride
    W_out = (W + 1) // stride
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H + 1) // stride
    W_out = (W + 1) // stride
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].sum() / pool_size ** 2
    return Y


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
