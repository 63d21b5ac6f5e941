"""Maximum started at 0

Your running maximum starts at 0, so a window of negative values gives 0. Start with the window's first
value, or with minus infinity.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            best = 0
            for m in range(pool_size):
                for n in range(pool_size):
                    if X[i * stride + m, j * stride + n] > best:
                        best = X[i * stride + m, j * stride + n]
            Y[i, j] = best
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].mean()
    return Y


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
