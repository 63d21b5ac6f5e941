"""Generators and other lazy results.

Expect: wrong_answer
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    yield from X


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return map(sum, X)
