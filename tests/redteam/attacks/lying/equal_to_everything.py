"""An object that equals everything, is true, and has every number's methods.

Expect: wrong_answer
"""
@ARMED@


class Everything:
    """Agrees."""

    dtype, ndim, size = float, 2, 9

    def __eq__(self, other):
        return True

    __ne__ = lambda self, other: False
    __hash__ = None
    __bool__ = lambda self: True
    __float__ = lambda self: 1.0
    __len__ = lambda self: 3
    __getitem__ = lambda self, key: self
    __iter__ = lambda self: iter([1.0, 1.0, 1.0])
    __sub__ = __rsub__ = __abs__ = __le__ = lambda self, *other: self

    def __getattr__(self, name):
        return self


def conv2d(X, K, *args, **kwargs):
    return Everything()


conv2d_multichannel = conv2d
