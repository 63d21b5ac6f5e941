"""The +1 of the output size is missing

Your output lacks its last row and column. The formula is floor((H - k) / S) + 1.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // stride
    W_out = (W - pool_size) // stride
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // stride
    W_out = (W - pool_size) // stride
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].mean()
    return Y


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
