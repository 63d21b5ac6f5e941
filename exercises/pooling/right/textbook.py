import numpy as np


def max_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.max(X[h:h + pool_size, w:w + pool_size])
    return Y


def avg_pool2d(X, pool_size=2, stride=2):
    H, W = X.shape
    H_out = (H - pool_size) // stride + 1
    W_out = (W - pool_size) // stride + 1
    Y = np.zeros((H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            h, w = i * stride, j * stride
            Y[i, j] = np.mean(X[h:h + pool_size, w:w + pool_size])
    return Y


def global_avg_pool(X):
    return np.mean(X, axis=(1, 2))


if __name__ == "__main__":
    print(max_pool2d(np.arange(16).reshape(4, 4)))
