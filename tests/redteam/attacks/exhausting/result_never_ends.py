"""The conversion of the result never ends.

Expect: time_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@
import numpy as np


class Slow(float):
    """Takes for ever to be shown."""

    def __float__(self):
        while True:
            pass


class SlowError(Exception):
    """Takes for ever to be told."""

    def __str__(self):
        while True:
            pass


def conv2d(X, K, stride=1, padding=0):
    return Slow(1)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise SlowError
