"""Aborts.

Expect: runtime_error
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    os.abort()


conv2d_multichannel = conv2d
