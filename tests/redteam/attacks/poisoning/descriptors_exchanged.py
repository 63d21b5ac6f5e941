"""Puts its own streams in place of every descriptor there may be.

Expect: wrong_answer runtime_error
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    for fd in range(3, 1 << 12):
        try:
            os.fstat(fd)
            os.dup2(1, fd)
        except OSError:
            pass
    return 0


conv2d_multichannel = conv2d
