import numpy as np


def im2col(x, fh, fw, stride):
    h = (x.shape[1] - fh) // stride + 1
    w = (x.shape[2] - fw) // stride + 1
    cols = np.empty((x.shape[0], fh * fw, h * w))
    for k in range(fh * fw):
        m, n = divmod(k, fw)
        cols[:, k] = x[:, m:m + h * stride:stride, n:n + w * stride:stride][:, :h, :w].reshape(x.shape[0], -1)
    return cols, h, w


def depthwise_conv2d(X, K, stride=1, padding=0):
    x = np.zeros((X.shape[0], X.shape[1] + 2 * padding, X.shape[2] + 2 * padding), dtype=np.float64)
    x[:, padding:padding + X.shape[1], padding:padding + X.shape[2]] = X
    cols, h, w = im2col(x, K.shape[1], K.shape[2], stride)
    kernels = K.reshape(K.shape[0], 1, -1).astype(np.float64)
    return (kernels @ cols).reshape(-1, h, w)


def pointwise_conv2d(X, W, b):
    flat = X.reshape(X.shape[0], -1).astype(np.float64)
    return (W.astype(np.float64) @ flat + b[:, np.newaxis]).reshape(W.shape[0], *X.shape[1:])


separable_params = lambda C_in, C_out, F, bias=False: C_in * F * F + C_in * C_out + (C_in + C_out if bias else 0)
