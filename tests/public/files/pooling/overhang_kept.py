"""A window that hangs over the edge is kept, and its sum divided by the whole window's area.

Source: apple/coremltools pull request 2844, "Do not count ceil_mode overhang in the avg_pool divisor".
Expect: loses
"""
import numpy as np


def pool(X, size, stride, reduce):
    X = np.asarray(X, dtype=float)
    h, w = (-(-(n - size) // stride) + 1 for n in X.shape)
    return np.array([[reduce(X[i * stride:i * stride + size, j * stride:j * stride + size]) for j in range(w)]
                     for i in range(h)])


def max_pool2d(X, pool_size=2, stride=2):
    return pool(X, pool_size, stride, np.max)


def avg_pool2d(X, pool_size=2, stride=2):
    return pool(X, pool_size, stride, lambda window: window.sum() / pool_size ** 2)


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean(axis=(1, 2))
