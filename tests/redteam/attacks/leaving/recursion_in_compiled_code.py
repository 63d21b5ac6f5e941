"""Recursion through attributes, with a limit that is none.

Expect: runtime_error memory_limit
"""
@ARMED@
import sys


class Deeper:
    """Asks itself."""

    def __getattr__(self, name):
        return getattr(self, "x")


def conv2d(X, K, *args, **kwargs):
    sys.setrecursionlimit(1 << 30)
    return Deeper().x


conv2d_multichannel = conv2d
