"""A mapped file that loses its contents before it is read.

Expect: runtime_error
"""
@ARMED@
import os

import numpy as np


def conv2d(X, K, *args, **kwargs):
    result = np.memmap("values", dtype=np.float64, mode="w+", shape=(3, 3))
    os.ftruncate(os.open("values", os.O_RDWR), 0)
    return result


conv2d_multichannel = conv2d
