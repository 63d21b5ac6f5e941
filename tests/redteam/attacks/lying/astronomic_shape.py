"""A view that claims terabytes.

Expect: memory_limit wrong_answer
"""
@ARMED@
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    return np.broadcast_to(0.0, (1 << 20, 1 << 20))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 40,), (0,))
