"""Input modified in place

You write the results into the caller's image. Make a new array for the output.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            X[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return X[:H_out, :W_out]


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            X[i, j] = X[h:h + pool_size, w:w + pool_size].mean()
    return X[:H_out, :W_out]


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
