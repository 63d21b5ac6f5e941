"""A thread prints without end while the grader is busy elsewhere.

Expect: output_limit wrong_answer not_defined
"""
@ARMED@
import os
import threading

import numpy as np


def flood():
    while True:
        os.write(1, b"x" * 60_000)


threading.Thread(target=flood, daemon=True).start()


def conv2d(X, K, *args, **kwargs):
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
