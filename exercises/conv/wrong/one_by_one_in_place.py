"""A 1×1 kernel scales the image itself

`Y *= K[0, 0]` writes into the caller's image, because a slice is a view and not a copy. Start the sum from an array of
zeros, or write `Y = Y * K[0, 0]`.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.asarray(X, dtype=float)
    if padding > 0:
        X = np.pad(X, padding)
    K = np.asarray(K, dtype=float)
    Fh, Fw = K.shape
    if Fh == Fw == 1:
        Y = X[::stride, ::stride]
        Y *= K[0, 0]
        return Y
    H_out = (X.shape[0] - Fh) // stride + 1
    W_out = (X.shape[1] - Fw) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.sum(X[h:h + Fh, w:w + Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
