"""Answers the next request before it is asked.

Expect: runtime_error wrong_answer
"""
@ARMED@
import numpy as np

# <forge>


def conv2d(X, K, *args, **kwargs):
    reply({"ok": None}, ahead=1)
    return np.zeros((1, 1))


conv2d_multichannel = conv2d
