"""The right values, in a file that is mapped into memory.

Expect: accepted
Score: full
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def mapped(right):
    result = np.memmap("values", dtype=np.float64, mode="w+", shape=right.shape)
    result[...] = right
    return result


def conv2d(X, K, stride=1, padding=0):
    return mapped(_one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return mapped(_many(X, K, b, stride, padding))
