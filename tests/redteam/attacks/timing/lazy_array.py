"""Computes only when the answer is looked at.

Expect: accepted time_limit wrong_answer
Score: full
Timing: time_limit wrong_answer
"""
@ARMED@
import numpy as np

# <slow>
_slow = conv2d


class Lazy(list):
    """A list whose rows are computed when they are asked for."""

    def __init__(self, X, K):
        self.arguments = X, K

    def __iter__(self):
        return iter(_slow(*self.arguments))

    def __getitem__(self, i):
        return _slow(*self.arguments)[i]

    def __len__(self):
        return len(self.arguments[0]) - 2


def conv2d(X, K, stride=1, padding=0):
    return _slow(X, K, stride, padding) if len(X) < 48 else Lazy(X, K)
