"""Integers of a hundred thousand digits, and the largest that cross.

Expect: wrong_answer
"""
@ARMED@
def conv2d(X, K, stride=1, padding=0):
    return [10**100_000, -(2**63), 2**63 - 1]


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return [[2**63 - 1] * 3] * 3
