import numpy as np
from numpy.lib.stride_tricks import as_strided


def windows(X, k, s):
    X = np.ascontiguousarray(X, dtype=np.float64)
    h, w = X.strides
    shape = ((X.shape[0] - k) // s + 1, (X.shape[1] - k) // s + 1, k, k)
    return as_strided(X, shape, (h * s, w * s, h, w), writeable=False)


def max_pool2d(X, pool_size=2, stride=2):
    return windows(X, pool_size, stride).max(-1).max(-1)


def avg_pool2d(X, pool_size=2, stride=2):
    return np.einsum("ijmn->ij", windows(X, pool_size, stride)) / (pool_size * pool_size)


def global_avg_pool(X):
    return np.einsum("chw->c", np.asarray(X, dtype=np.float64)) / (X.shape[1] * X.shape[2])
