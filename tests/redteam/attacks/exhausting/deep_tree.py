"""A tree of folders deeper than any path is long, left in scratch.

Expect: wrong_answer output_limit
"""
@ARMED@
import os

import numpy as np


def conv2d(X, K, *args, **kwargs):
    for _ in range(800):
        os.mkdir("redteam_was_here")
        os.chdir("redteam_was_here")
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
