"""A 1×1 kernel goes without padding

A 1×1 kernel sees no neighbours, but the padding around each channel is a part of the output: P rows and columns of
zeros on each side. A short cut for 1×1 kernels has to heed the padding, too.
"""

import numpy as np


def depthwise_conv2d(X, K, stride=1, padding=0):
    X = np.asarray(X, dtype=float)
    if K.shape[1:] == (1, 1):
        return X[:, ::stride, ::stride] * K
    X = np.pad(X, ((0, 0), (padding, padding), (padding, padding)))
    C, H, W = X.shape
    _, Fh, Fw = K.shape
    H_out = (H - Fh) // stride + 1
    W_out = (W - Fw) // stride + 1
    Y = np.zeros((C, H_out, W_out))
    for c in range(C):
        for i in range(H_out):
            for j in range(W_out):
                window = X[c, i * stride:i * stride + Fh, j * stride:j * stride + Fw]
                Y[c, i, j] = np.sum(window * K[c])
    return Y


def pointwise_conv2d(X, W, b):
    C_out, C = W.shape
    Z = np.zeros((C_out, X.shape[1], X.shape[2]))
    for o in range(C_out):
        for c in range(C):
            Z[o] += W[o, c] * X[c].astype(float)
        Z[o] += b[o]
    return Z


def separable_params(C_in, C_out, F, bias=False):
    depthwise = F * F * C_in
    pointwise = C_in * C_out
    if bias:
        depthwise += C_in
        pointwise += C_out
    return depthwise + pointwise
