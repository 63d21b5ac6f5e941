"""Reads address 0.

Expect: runtime_error
"""
@ARMED@
import ctypes


def conv2d(X, K, *args, **kwargs):
    return ctypes.string_at(0)


conv2d_multichannel = conv2d
