"""Parameters have other names

The values are right, but the parameters have to be called X, pool_size and stride: callers name them.
"""
import numpy as np


def max_pool2d(X, size=2, step=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - size) // step + 1
    W_out = (W - size) // step + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * step, j * step
            Y[i, j] = X[h:h + size, w:w + size].max()
    return Y


def avg_pool2d(X, size=2, step=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - size) // step + 1
    W_out = (W - size) // step + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * step, j * step
            Y[i, j] = X[h:h + size, w:w + size].mean()
    return Y


def global_avg_pool(maps):
    return np.asarray(maps, dtype=float).mean(axis=(1, 2))
