"""Writes all over the memory of the process.

Expect: runtime_error
"""
@ARMED@
import ctypes


def conv2d(X, K, *args, **kwargs):
    for offset in range(0, 1 << 28, 1 << 12):
        ctypes.memset(id(X) + offset, 255, 1 << 12)


conv2d_multichannel = conv2d
