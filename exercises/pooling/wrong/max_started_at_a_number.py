"""The maximum starts at a number

Your running maximum starts at some low number. Where all values of a window lie below it, the start is what comes out.
Start at minus infinity, or at the window's first value.
"""
import numpy as np

START = -1000.0
FAMILY = {"START": (-1000.0, -100.0, -999.0, -9999.0, -1e5, -1e6, -1e9)}


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H_out = (X.shape[0] - pool_size) // stride + 1
    W_out = (X.shape[1] - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            window = X[i * stride : i * stride + pool_size, j * stride : j * stride + pool_size]
            Y[i, j] = max(START, window.max())
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H_out = (X.shape[0] - pool_size) // stride + 1
    W_out = (X.shape[1] - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            Y[i, j] = X[i * stride : i * stride + pool_size, j * stride : j * stride + pool_size].mean()
    return Y


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
