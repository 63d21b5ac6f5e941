"""A subclass of ndarray that lies about shape, size, comparison and conversion.

Expect: wrong_answer runtime_error
"""
@ARMED@
import numpy as np


class Liar(np.ndarray):
    """Equal to everything."""

    shape = property(lambda self: (3, 3))
    nbytes = property(lambda self: 0)
    __eq__ = lambda self, other: np.bool_(True)
    __array_finalize__ = lambda self, other: None
    __array__ = lambda self, *args, **kwargs: np.ones((3, 3))
    tobytes = lambda self, *args: b""
    copy = astype = lambda self, *args, **kwargs: self


def conv2d(X, K, *args, **kwargs):
    return np.zeros((2, 2)).view(Liar)


conv2d_multichannel = conv2d
