"""The banned library, openly.

Expect: banned_call
"""
@ARMED@
import numpy as np
from scipy.signal import correlate2d


def conv2d(X, K, stride=1, padding=0):
    return correlate2d(np.pad(np.asarray(X, float), padding), np.asarray(K, float), "valid")[::stride, ::stride]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.stack([sum(conv2d(x, k, stride, padding) for x, k in zip(X, f)) + c for f, c in zip(K, b)])
