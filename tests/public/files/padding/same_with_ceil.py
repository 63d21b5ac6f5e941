"""'same' pads by half the kernel rounded up: one row and column too many on each side.

Source: Moodstocks/inception-v3.torch issue 10, "math.ceil where it should be math.floor".
Expect: loses
"""
import math

import numpy as np


def output_size(W, F, P=0, S=1):
    return math.floor((W + 2 * P - F) / S) + 1


def pad2d(X, F, mode):
    if mode == "valid":
        p = 0
    elif mode == "same":
        p = int(math.ceil(F / 2))
    elif mode == "full":
        p = F - 1
    else:
        raise ValueError("Invalid padding name " + str(mode))
    return np.pad(np.asarray(X, dtype=float), p)
