"""8-bit sums wrap around

You add 8-bit numbers in 8 bits, where 200 + 100 is 44. Convert the image to float before adding.
"""
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    X = np.asarray(X, dtype=float)
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
    rows, cols = X.shape[0] - pool_size + 1, X.shape[1] - pool_size + 1
    total = 0
    for m in range(pool_size):
        for n in range(pool_size):
            total = total + X[m:m + rows:stride, n:n + cols:stride]
    return total / pool_size ** 2


def global_avg_pool(X):
    total = 0
    for h in range(X.shape[1]):
        for w in range(X.shape[2]):
            total = total + X[:, h, w]
    return total / (X.shape[1] * X.shape[2])
