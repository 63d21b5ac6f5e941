"""Kernels read in the order of memory

`ravel(order="K")` gives the numbers as they lie in memory, which need not be row by row: a transposed or Fortran-ordered
kernel comes out in another order than the windows. Use the default order "C".
"""
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    X, K = np.asarray(X), np.asarray(K)
    return conv2d_multichannel(X[None], K[None, None], np.zeros(1), stride, padding)[0]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    X = np.pad(np.asarray(X, dtype=float), ((0, 0), (padding, padding), (padding, padding)))
    K = np.asarray(K)
    C_out, C_in, Fh, Fw = K.shape
    H_out = (X.shape[1] - Fh) // stride + 1
    W_out = (X.shape[2] - Fw) // stride + 1
    columns = []
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            columns.append(X[:, h:h + Fh, w:w + Fw].ravel())
    weights = np.array([kernel.ravel(order="K") for kernel in K], dtype=float)
    Y = weights @ np.array(columns).T + np.asarray(b, dtype=float)[:, None]
    return Y.reshape(C_out, H_out, W_out)
