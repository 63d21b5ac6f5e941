"""The right numbers, read-only, as a view with negative strides into something larger.

Expect: accepted
Score: full
"""
@ARMED@
import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def viewed(right):
    result = np.zeros([3 * n for n in right.shape])[tuple(slice(None, None, -3) for _ in right.shape)]
    result[...] = right
    result.flags.writeable = False
    return result


def conv2d(X, K, stride=1, padding=0):
    return viewed(_one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return viewed(_many(X, K, b, stride, padding))
