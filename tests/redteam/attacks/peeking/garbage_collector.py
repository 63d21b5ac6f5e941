"""Goes through every object that the collector knows, for the expected array and for the reference.

Expect: wrong_answer
"""
@ARMED@
import gc
import types

import numpy as np


def conv2d(X, K, stride=1, padding=0):
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__name__ == "conv2d" and found.__module__ != __name__:
            return found(X, K, stride, padding)
        if type(found).__name__ in ("Entry", "Log", "Subject"):
            return found.expected
    return np.zeros((1, 1))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.zeros((1, 1))
