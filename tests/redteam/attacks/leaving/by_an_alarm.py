"""A signal handler ends the process in the middle of a call.

Expect: runtime_error
"""
@ARMED@
import os
import signal
import time

signal.signal(signal.SIGALRM, lambda *args: os._exit(0))


def conv2d(X, K, *args, **kwargs):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    time.sleep(5)


conv2d_multichannel = conv2d
