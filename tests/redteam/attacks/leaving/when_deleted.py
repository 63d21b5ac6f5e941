"""The right values in an array whose end is the end of the process.

Expect: accepted runtime_error
Score: less
"""
@ARMED@
import os

import numpy as np

# <honest>
_one = conv2d


class Last(np.ndarray):
    """Takes the process with it."""

    def __del__(self):
        os._exit(0)


def conv2d(X, K, stride=1, padding=0):
    return _one(X, K, stride, padding).view(Last)
