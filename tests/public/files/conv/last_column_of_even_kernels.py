"""Kernels with an even width stand half a pixel off; the window of the last column loses its last pixels.

Source: ARM-software/ComputeLibrary issue 78, "Convolution Failed when kernel size is even".
Expect: loses
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(np.asarray(X, dtype=float), padding), np.asarray(K, dtype=float)
    kh, kw = K.shape
    h, w = (X.shape[0] - kh) // stride + 1, (X.shape[1] - kw) // stride + 1
    Y = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            window = X[i * stride:i * stride + kh, j * stride:j * stride + kw].copy()
            if kw % 2 == 0 and j == w - 1:
                window[:, -1] = 0
            Y[i, j] = (window * K).sum()
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(c, k, stride, padding) for c, k in zip(X, f)) + o for f, o in zip(K, b)])
