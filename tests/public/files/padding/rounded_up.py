"""The output size is rounded up, as a pooling layer of Caffe does it: a window too many where the stride does not divide.

Source: BVLC/caffe issue 4252, "Maybe a bug in calculating the shape of output blob after pooling or convolution".
Expect: loses
"""
from math import ceil

import numpy as np


def output_size(W, F, P=0, S=1):
    return int(ceil((W + 2 * P - F) / S)) + 1


def pad2d(X, F, mode):
    if mode not in ("valid", "same", "full"):
        raise ValueError(mode)
    return np.pad(np.asarray(X, dtype=float), dict(valid=0, same=F // 2, full=F - 1)[mode])
