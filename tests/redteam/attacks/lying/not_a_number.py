"""NaN, infinity and enormous numbers in the right shape.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_right = conv2d


def conv2d(X, K, stride=1, padding=0):
    return _right(X, K, stride, padding) * np.nan


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    y = np.stack([_right(X[0], k[0], stride, padding) for k in K])
    return np.where(y > 0, np.inf, -np.finfo(float).max)
