"""Result stored in the image's dtype

Your output array has the image's integer dtype, so means lose their fractions. Make it an array of floats.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out), dtype=X.dtype)
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out), dtype=X.dtype)
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].mean()
    return Y


def global_avg_pool(X):
    means = np.zeros(len(X), dtype=X.dtype)
    for c in range(len(X)):
        means[c] = X[c].mean()
    return means
