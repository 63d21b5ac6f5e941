"""A class whose metaclass lies about everything, given back and raised.

Expect: wrong_answer runtime_error
"""
@ARMED@


class Meta(type):
    """Lies."""

    __instancecheck__ = __subclasscheck__ = lambda cls, other: True
    __eq__ = lambda cls, other: True
    __hash__ = type.__hash__
    __module__ = property(lambda cls: 1 / 0)
    __qualname__ = property(lambda cls: 1 / 0)
    __name__ = property(lambda cls: 1 / 0)
    mro = type.mro


class Value(metaclass=Meta):
    """Lies too."""


class Error(Exception, metaclass=Meta):
    """Lies in flight."""


def conv2d(X, K, stride=1, padding=0):
    return Value()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise Error
