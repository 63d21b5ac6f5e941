"""The right numbers, written over the input and given back as a view of it.

Expect: accepted wrong_answer
Score: less
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def over(X, right):
    if right.size > X.size or X.dtype != right.dtype:
        return right
    result = X.reshape(-1)[: right.size].reshape(right.shape)
    result[...] = right
    return result


def conv2d(X, K, stride=1, padding=0):
    return over(X, _one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return over(X, _many(X, K, b, stride, padding))
