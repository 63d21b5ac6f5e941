"""Right as long as the examples are asked for, then gone.

Expect: accepted runtime_error
Score: less
"""
@ARMED@
import os

# <honest>
_right = conv2d
calls = 0


def conv2d(X, K, stride=1, padding=0):
    global calls
    calls += 1
    return _right(X, K, stride, padding) if calls <= 2 else os._exit(0)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    os._exit(0)
