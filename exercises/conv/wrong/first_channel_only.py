"""Only the first channel is used

You convolve the first input channel alone. Every filter has a kernel for each channel, and their results
are summed.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), padding)
    K = np.asarray(K, dtype=float)
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.sum(X[h:h + Fh, w:w + Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    maps = []
    for kernel, bias in zip(K, b):
        total = conv2d(X[0], kernel[0], stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
