"""SystemExit with a code that cannot be shown.

Expect: runtime_error
"""
@ARMED@


class Code:
    """Raises whenever it is looked at."""

    def __repr__(self):
        raise SystemExit(0)

    __str__ = __int__ = __repr__


def conv2d(X, K, *args, **kwargs):
    raise SystemExit(Code())


conv2d_multichannel = conv2d
