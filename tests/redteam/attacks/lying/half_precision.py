"""The right numbers, as exact as sixteen bits are, and a little more.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    return (_one(X, K, stride, padding) + 0.01).astype(np.float16)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return (_many(X, K, b, stride, padding) + 0.01).astype(np.float16)
