"""Exceptions whose text cannot be had.

Expect: runtime_error
"""
@ARMED@


class Silent(Exception):
    """Raises instead of telling."""

    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


class Number(Exception):
    """Tells something that is no text."""

    __str__ = __repr__ = lambda self: 7


def conv2d(X, K, stride=1, padding=0):
    raise Silent


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise Number
