"""Keeps all cores busy, so that the reference takes longer.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
import threading


def _spin():
    import numpy

    matrix = numpy.ones((300, 300))
    while True:
        matrix @ matrix


# <slow>
_slow, _started = conv2d, []


def conv2d(X, K, stride=1, padding=0):
    if len(X) >= 48 and not _started:
        _started.append([threading.Thread(target=_spin, daemon=True).start() for _ in range(4)])
    return _slow(X, K, stride, padding)
