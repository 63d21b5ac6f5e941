"""Threads that change the inputs and the interpreter's objects all the time.

Expect: wrong_answer runtime_error
"""
@ARMED@
import gc
import threading

import numpy as np


def disturb():
    while True:
        for found in gc.get_objects():
            if isinstance(found, np.ndarray) and found.flags.writeable and found.dtype == float:
                found[...] = 0


threading.Thread(target=disturb, daemon=True).start()


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
