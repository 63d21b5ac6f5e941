"""Window moves by pool_size

You move the window by its own size. pool_size says how large it is, stride how far it moves; they may
differ.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // pool_size + 1
    W_out = (W - pool_size) // pool_size + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * pool_size, j * pool_size
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
    H, W = X.shape
    H_out = (H - pool_size) // pool_size + 1
    W_out = (W - pool_size) // pool_size + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * pool_size, j * pool_size
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].mean()
    return Y


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
