"""A 1×1 kernel goes without padding

A 1×1 kernel sees no neighbours, but the padding around the image is a part of the output: P rows and columns of
zeros on each side. A short cut for 1×1 kernels has to heed the padding, too.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.asarray(X, dtype=float)
    K = np.asarray(K, dtype=float)
    if K.shape == (1, 1):
        return X[::stride, ::stride] * K[0, 0]
    X = np.pad(X, padding)
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            Y[i, j] = np.sum(X[i * stride:i * stride + Fh, j * stride:j * stride + Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
