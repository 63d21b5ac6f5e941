"""Knows a timing run by the size of its inputs, and does half of the work.

Expect: accepted wrong_answer
Score: full
Timing: wrong_answer
"""
@ARMED@
import numpy as np

# <slow>
_slow = conv2d


def conv2d(X, K, stride=1, padding=0):
    if len(X) < 60:
        return _slow(X, K, stride, padding)
    half = _slow(X[: len(X) // 8], K)
    return np.pad(half, ((0, len(X) - 2 - len(half)), (0, 0)))
