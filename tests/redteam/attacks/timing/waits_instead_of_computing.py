"""Uses hardly any processor time, and takes long.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
import time

# <honest>
_quick = conv2d


def conv2d(X, K, stride=1, padding=0):
    if len(X) >= 48:
        time.sleep(0.05)
    return _quick(X, K, stride, padding)
