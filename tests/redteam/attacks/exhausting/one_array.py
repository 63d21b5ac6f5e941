"""Asks for one array of a terabyte.

Expect: memory_limit
"""
@ARMED@
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    return np.ones((1 << 37,))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return "x" * (1 << 45)
