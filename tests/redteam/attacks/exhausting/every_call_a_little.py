"""Stays below the limit of each check, but uses up the time for all.

Expect: wrong_answer time_limit
Limits: wall_seconds=1.5 total_seconds=1.5
"""
@ARMED@
import time

import numpy as np


def conv2d(X, K, *args, **kwargs):
    time.sleep(0.3)
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
