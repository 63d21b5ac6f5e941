"""Gives back zeros; a thread puts the right values into the same array a moment later.

Expect: wrong_answer
"""
@ARMED@
import threading
import time

import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel


def later(right):
    result = np.zeros_like(right)
    threading.Thread(target=lambda: (time.sleep(0.02), np.copyto(result, right)), daemon=True).start()
    return result


def conv2d(X, K, stride=1, padding=0):
    return later(_one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return later(_many(X, K, b, stride, padding))
