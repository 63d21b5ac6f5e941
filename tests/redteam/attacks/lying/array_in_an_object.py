"""The right array as the only entry of an array of objects.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def wrapped(right):
    result = np.empty((), dtype=object)
    result[()] = right
    return result


def conv2d(X, K, stride=1, padding=0):
    return wrapped(_one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return wrapped(_many(X, K, b, stride, padding))
