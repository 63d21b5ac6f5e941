"""Overwrites NumPy's and Python's small constants in memory, for whoever comes next.

Expect: wrong_answer runtime_error
"""
@ARMED@
import ctypes

import numpy as np

one = 1
ctypes.memmove(id(one) + 24, id(0) + 24, 4)
np.add = np.multiply = np.subtract
np.core = None


def conv2d(X, K, *args, **kwargs):
    return np.zeros((3, 3))


conv2d_multichannel = conv2d
