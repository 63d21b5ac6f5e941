"""Says that it is an ndarray, and gives another one at each look.

Expect: wrong_answer runtime_error
"""
@ARMED@
import numpy as np


class Pretender:
    """`isinstance(…, np.ndarray)` is true."""

    __class__ = property(lambda self: np.ndarray)
    __array__ = lambda self, dtype=None, copy=None: np.ones((2, 2))
    shape = property(lambda self: (3, 3))


def conv2d(X, K, *args, **kwargs):
    return Pretender()


conv2d_multichannel = conv2d
