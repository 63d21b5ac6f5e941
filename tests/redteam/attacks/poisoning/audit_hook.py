"""An audit hook that ends the process at the first thing that anybody does.

Expect: runtime_error
"""
@ARMED@
import os
import sys


def conv2d(X, K, *args, **kwargs):
    sys.addaudithook(lambda *args: os._exit(0))
    open("x")


conv2d_multichannel = conv2d
