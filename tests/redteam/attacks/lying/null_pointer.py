"""An array whose memory is not there.

Expect: runtime_error
"""
@ARMED@
import numpy as np


class Nowhere:
    """Address 8."""

    __array_interface__ = {"shape": (4, 4), "typestr": "<f8", "data": (8, False), "version": 3}


def conv2d(X, K, *args, **kwargs):
    return np.asarray(Nowhere())


conv2d_multichannel = conv2d
