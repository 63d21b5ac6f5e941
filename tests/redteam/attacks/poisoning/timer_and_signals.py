"""A timer that interrupts the worker between the calls.

Expect: runtime_error wrong_answer
"""
@ARMED@
import signal

import numpy as np


def interrupt(*args):
    raise KeyboardInterrupt


signal.signal(signal.SIGALRM, interrupt)


def conv2d(X, K, *args, **kwargs):
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
