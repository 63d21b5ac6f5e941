"""An array with a quadrillion empty rows, alone and in lists.

Expect: wrong_answer
"""
@ARMED@
import numpy as np


def conv2d(X, K, stride=1, padding=0):
    return np.empty((1 << 50, 0))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return [np.empty((1 << 50, 0), np.int8), [np.empty((0, 1 << 50), bool)]]
