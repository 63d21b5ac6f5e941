"""Off by a tenth of a per mille.

Expect: wrong_answer
"""
@ARMED@
# <honest>
_one, _many = conv2d, conv2d_multichannel


def conv2d(X, K, stride=1, padding=0):
    return _one(X, K, stride, padding) * 1.0001


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return _many(X, K, b, stride, padding) * 1.0001
