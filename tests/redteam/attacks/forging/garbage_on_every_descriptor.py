"""Writes garbage to every descriptor there may be.

Expect: runtime_error
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    for fd in range(4096):
        try:
            os.write(fd, b"\0" * 100)
        except OSError:
            pass


conv2d_multichannel = conv2d
