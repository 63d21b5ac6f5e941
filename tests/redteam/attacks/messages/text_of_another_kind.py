"""The text of an exception is a str that lies about its length and its characters.

Expect: runtime_error
"""
@ARMED@
class Text(str):
    """Not what it seems."""

    __len__ = lambda self: -1
    __getitem__ = lambda self, key: 7
    __str__ = lambda self: self
    encode = lambda self, *args: 5
    __add__ = __radd__ = lambda self, other: self


class Error(Exception):
    """Says something else."""

    __str__ = __repr__ = lambda self: Text("\x1b[2J")
    __class__ = property(lambda self: ValueError)


def conv2d(X, K, *args, **kwargs):
    raise Error


conv2d_multichannel = conv2d
