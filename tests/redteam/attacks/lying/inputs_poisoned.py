"""Zeroes its inputs, so that a reference that was given the same arrays would give zeros as well.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    X[...] = 0
    K[...] = 0
    return _one(X, K, stride, padding)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    X *= 0
    K *= 0
    b *= 0
    return _many(X, K, b, stride, padding)
