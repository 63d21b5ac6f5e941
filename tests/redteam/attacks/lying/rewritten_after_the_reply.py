"""Gives back zeros; a thread puts the right values into the same array a moment later.

Expect: wrong_answer
"""
@ARMED@
import queue
import threading
import time

import numpy as np

# <honest>
_one, _many = conv2d, conv2d_multichannel
waiting = queue.Queue()


def rewrite():
    while True:
        due, result, right = waiting.get()
        time.sleep(max(0, due - time.monotonic()))
        result[...] = right


threading.Thread(target=rewrite, daemon=True).start()


def later(right):
    result = np.zeros_like(right)
    waiting.put((time.monotonic() + 0.5, result, right))
    return result


def conv2d(X, K, stride=1, padding=0):
    return later(_one(X, K, stride, padding))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return later(_many(X, K, b, stride, padding))
