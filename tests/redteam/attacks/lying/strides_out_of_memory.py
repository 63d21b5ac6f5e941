"""A view that reads far beyond its array.

Expect: runtime_error
"""
@ARMED@
import numpy as np


def conv2d(X, K, *args, **kwargs):
    return np.lib.stride_tricks.as_strided(np.zeros(4), (1000, 10), (1 << 34, 8))


conv2d_multichannel = conv2d
