"""Becomes another program.

Expect: runtime_error
"""
@ARMED@
import os
import sys


def conv2d(X, K, *args, **kwargs):
    os.execv(sys.executable, [sys.executable, "-c", "print('accepted')"])


conv2d_multichannel = conv2d
