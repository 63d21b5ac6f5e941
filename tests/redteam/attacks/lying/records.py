"""The right numbers as records with one field.

Expect: wrong_answer
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    return np.ascontiguousarray(_one(X, K, stride, padding)).view([("value", float)])


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return np.ascontiguousarray(_many(X, K, b, stride, padding)).view([("value", float)])
