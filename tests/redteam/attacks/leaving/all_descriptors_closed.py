"""Closes every descriptor and goes on.

Expect: runtime_error
"""
@ARMED@
import os
import time


def conv2d(X, K, *args, **kwargs):
    os.closerange(0, 1 << 10)
    time.sleep(30)


conv2d_multichannel = conv2d
