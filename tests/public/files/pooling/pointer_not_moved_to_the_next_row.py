"""Rows are read one after the other from a flat image; the odd column at a row's end is not skipped.

Source: Tencent/ncnn pull request 220, "fix pooling2x2s2_max_neon stride bug": wrong for an odd width at stride 2.
Expect: loses
"""
import numpy as np


def windows(X, size, stride):
    X = np.asarray(X, dtype=float)
    h, w = (X.shape[0] - size) // stride + 1, (X.shape[1] - size) // stride + 1
    used = w * stride if size == stride == 2 else X.shape[1]
    flat = X.ravel()
    at = [[(i * stride + m) * used + j * stride + n for m in range(size) for n in range(size)]
          for i in range(h) for j in range(w)]
    return flat[np.array(at)].reshape(h, w, -1)


def max_pool2d(X, pool_size=2, stride=2):
    return windows(X, pool_size, stride).max(-1)


def avg_pool2d(X, pool_size=2, stride=2):
    return windows(X, pool_size, stride).mean(-1)


def global_avg_pool(X):
    return np.asarray(X, dtype=float).mean((-2, -1))
