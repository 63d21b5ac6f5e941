"""Float16 runs over

An image and a kernel of float16 are multiplied and summed in float16, which ends at 65504: beyond it the result is
infinite. Convert both to float64 first, not only those of whole numbers.
"""
import numpy as np


def real(values):
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(float)


def conv2d(X, K, stride=1, padding=0):
    X, K = np.pad(real(X), padding), real(K)
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
