"""Answers at once with an array that a thread fills in later.

Expect: accepted wrong_answer
Score: full
Timing: wrong_answer
"""
@ARMED@
import threading

import numpy as np

# <slow>
_slow = conv2d


def conv2d(X, K, stride=1, padding=0):
    if len(X) < 48:
        return _slow(X, K, stride, padding)
    Y = np.zeros((len(X) - 2, len(X) - 2))
    threading.Thread(target=lambda: np.copyto(Y, _slow(X, K))).start()
    return Y
