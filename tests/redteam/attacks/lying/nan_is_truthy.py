"""The right numbers but one, which is NaN.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    y = _one(X, K, stride, padding)
    y[-1, -1] = np.nan
    return y


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    y = _many(X, K, b, stride, padding)
    y[-1, -1, -1] = np.nan
    return y
