"""Exceptions with causes without end, with groups in groups, with notes that are none.

Expect: runtime_error
"""
@ARMED@


class Cause(Exception):
    """Its own cause."""

    @property
    def __cause__(self):
        return self

    __context__ = __cause__
    __traceback__ = property(lambda self: 7)


def conv2d(X, K, stride=1, padding=0):
    error = Cause("x")
    error.__notes__ = 7
    raise error


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    group = ExceptionGroup("deep", [ValueError("x")])
    for _ in range(500):
        group = ExceptionGroup("deep", [group, ValueError("y" * 100)])
    raise group
