"""Walks up the stack and looks for an array that could be the expected one.

Expect: wrong_answer
"""
@ARMED@
import sys

import numpy as np


def arrays(value, depth=0):
    if isinstance(value, np.ndarray):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for v in list(value.values()):
            yield from arrays(v, depth + 1)
    elif depth < 4 and isinstance(value, (list, tuple)):
        for v in value:
            yield from arrays(v, depth + 1)
    elif depth < 4 and hasattr(value, "__dict__"):
        yield from arrays(vars(value), depth + 1)


def conv2d(X, K, stride=1, padding=0):
    size = tuple((n + 2 * padding - k) // stride + 1 for n, k in zip(X.shape, K.shape))
    frame = sys._getframe(1)
    while frame is not None:
        for name, value in list(frame.f_locals.items()):
            for found in arrays(value):
                if "expect" in name and found.shape == size:
                    return found
        frame = frame.f_back
    return np.zeros((1, 1))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.zeros((1, 1))
