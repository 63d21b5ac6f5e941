"""The process ends with code 0 in the call.

Expect: runtime_error
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    os._exit(0)


conv2d_multichannel = conv2d
