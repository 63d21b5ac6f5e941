"""Stride ignored

You take every window, whatever the stride. Step i of the output belongs to row i*S of the image, and the
output gets smaller.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), padding)
    K = np.asarray(K, dtype=float)
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = H - Fh + 1
    W_out = W - Fw + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            Y[i, j] = np.sum(X[i:i + Fh, j:j + Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
