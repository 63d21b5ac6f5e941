"""The input is changed by the call

You set `X.shape`, which changes the caller's array. `X.reshape(...)` gives a new view and leaves X alone.
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
                window = X[c, i * stride:i * stride + Fh, j * stride:j * stride + Fw]
                Y[c, i, j] = np.sum(window * K[c])
    return Y


def pointwise_conv2d(X, W, b):
    C_out, C = W.shape
    H, width = X.shape[1:]
    X.shape = (C, H * width)
    Z = W.astype(float) @ X + b.reshape(-1, 1)
    return Z.reshape(C_out, H, width)


def separable_params(C_in, C_out, F, bias=False):
    depthwise = F * F * C_in
    pointwise = C_in * C_out
    if bias:
        depthwise += C_in
        pointwise += C_out
    return depthwise + pointwise
