"""A thread ends the process in the middle of a call.

Expect: runtime_error
"""
@ARMED@
import os
import threading
import time


def conv2d(X, K, *args, **kwargs):
    threading.Timer(0.05, os._exit, (0,)).start()
    time.sleep(5)


conv2d_multichannel = conv2d
