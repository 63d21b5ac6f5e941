# Section 7, typed as it stands: right. Global average pooling is described there, but not written.
import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.max(X[h:h+pool_size, w:w+pool_size])
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.mean(X[h:h+pool_size, w:w+pool_size])
    return Y


X = np.array([[1, 3, 2, 4], [2, 1, 0, 3], [4, 1, 2, 0], [3, 2, 3, 2]])
print('max:', max_pool2d(X))
print('average:', avg_pool2d(X))
