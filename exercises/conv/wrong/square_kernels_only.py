"""Only square kernels

You read the kernel's size from its first axis and use it for both. A kernel can be wider than high: take Fh
and Fw apart.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), padding)
    K = np.asarray(K, dtype=float)
    H, W = X.shape
    F = K.shape[0]
    H_out = (H - F) // stride + 1
    W_out = (W - F) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            for m in range(F):
                for n in range(F):
                    Y[i, j] += X[i * stride + m, j * stride + n] * K[m, n]
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
