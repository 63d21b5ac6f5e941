"""Recursion without end, with and without Python's own limit.

Expect: runtime_error
"""
@ARMED@
import sys


def conv2d(X, K, stride=1, padding=0):
    return conv2d(X, K)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    sys.setrecursionlimit(1 << 30)
    return sorted([1, 2], key=lambda _: conv2d_multichannel(X, K, b))
