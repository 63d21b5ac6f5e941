"""The right numbers as long doubles with their bytes the other way round, where there are such.

Expect: accepted
Score: full
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    return _one(X, K, stride, padding).astype(np.longdouble).astype(">f8")


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return _many(X, K, b, stride, padding).astype(np.longdouble).astype(">f8")
