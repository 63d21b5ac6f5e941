"""Image padded with zeros until the windows fit

You add rows and columns of zeros so that the last windows fit. Pooling here drops windows that do not fit:
round the output size down.
"""
import numpy as np


def pad_to_fit(X, pool_size, stride):
    extra = [(-(n - pool_size)) % stride for n in X.shape]
    return np.pad(np.asarray(X, dtype=float), ((0, extra[0]), (0, extra[1])))


def max_pool2d(X, pool_size=2, stride=2):
    X = pad_to_fit(X, pool_size, stride)
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = X[h:h + pool_size, w:w + pool_size].max()
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    X = pad_to_fit(X, pool_size, stride)
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
