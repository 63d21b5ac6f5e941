"""Replies at once, but its objects take for ever to be forgotten, and its output to be flushed.

Expect: wrong_answer time_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@
import sys

import numpy as np


class Sticky(np.ndarray):
    """Does not want to go."""

    def __del__(self):
        while True:
            pass


class Stream:
    """Never flushed."""

    write = lambda self, text: len(text)

    def flush(self):
        while True:
            pass


sys.stdout = Stream()


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1)).view(Sticky)


conv2d_multichannel = conv2d
