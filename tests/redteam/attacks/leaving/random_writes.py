"""Writes all over the memory of the process.

Expect: runtime_error
"""
@ARMED@
import ctypes


def conv2d(X, K, *args, **kwargs):
    for offset in range(0, 1 << 24, 8):
        ctypes.memset(id(X) + offset, 255, 8)


conv2d_multichannel = conv2d
