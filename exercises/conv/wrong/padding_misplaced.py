"""Windows that begin in the image, not in the padding

Your output has the size that padding gives, but its numbers are those of windows that begin at row i·S and
column j·S of the image, with zeros only below it and to its right. P rows of zeros lie above the image and P
columns to its left: the first window begins there.
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X = np.asarray(X, dtype=float)
    padded = np.zeros((X.shape[0] + 2 * padding, X.shape[1] + 2 * padding))
    padded[:X.shape[0], :X.shape[1]] = X
    X = padded
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
        total = 0
        for x, k in zip(X, kernel):
            total = total + conv2d(x, k, stride, padding)
        maps.append(total + bias)
    return np.stack(maps)
