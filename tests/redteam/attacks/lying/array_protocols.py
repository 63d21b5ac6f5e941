"""Objects with __array__, __array_interface__, __array_function__, __array_ufunc__ that change their mind.

Expect: wrong_answer
"""
@ARMED@
import numpy as np


class Chameleon:
    """Another array each time."""

    count = 0
    __array_priority__ = 1e9

    def __array__(self, dtype=None, copy=None):
        self.count += 1
        return np.full((2, 2), float(self.count))

    @property
    def __array_interface__(self):
        return self.__array__().__array_interface__

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return np.zeros((3, 3))


def conv2d(X, K, *args, **kwargs):
    return Chameleon()


conv2d_multichannel = conv2d
