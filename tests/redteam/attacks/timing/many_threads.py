"""Shares the work among threads, whose time it hopes nobody counts.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
from concurrent.futures import ThreadPoolExecutor

import numpy as np

# <slow>
_slow = conv2d
pool = ThreadPoolExecutor(4)


def conv2d(X, K, stride=1, padding=0):
    if len(X) < 48:
        return _slow(X, K, stride, padding)
    parts = [(X[i:i + len(X) // 4 + 2], K) for i in range(0, len(X) - 2, len(X) // 4)]
    return np.concatenate(list(pool.map(lambda part: _slow(*part), parts)))
