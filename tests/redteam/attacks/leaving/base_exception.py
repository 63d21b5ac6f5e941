"""An exception that no `except Exception` catches.

Expect: runtime_error
"""
@ARMED@


class Passed(BaseException):
    """Looks like a verdict."""


def conv2d(X, K, *args, **kwargs):
    raise Passed("accepted")


conv2d_multichannel = conv2d
