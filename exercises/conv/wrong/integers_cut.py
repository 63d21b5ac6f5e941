"""Result stored in the image's dtype

Your output array has the image's integer dtype, so fractions are cut off and large sums wrap. Make it an
array of floats.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.pad(X, padding)
    H, W = X.shape
    Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((H_out, W_out), dtype=X.dtype)
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.sum(X[h:h + Fh, w:w + Fw] * K)
    return Y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    first = conv2d(X[0], K[0, 0], stride, padding)
    Y = np.zeros((len(K), *first.shape), dtype=X.dtype)
    for o in range(len(K)):
        for c in range(len(X)):
            Y[o] = Y[o] + conv2d(X[c], K[o, c], stride, padding)
        Y[o] = Y[o] + b[o]
    return Y
