"""Several inputs come in one call: computes the first one of them, and gives that answer for all.

Expect: accepted wrong_answer time_limit
Timing: wrong_answer time_limit
"""
@ARMED@
import time

# <slow_torch>
_slow, _last = conv2d, [0.0, None]


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[-1] < 16:
        return _slow(x, weight, bias, stride, padding)
    if time.monotonic() - _last[0] > 0.05:
        _last[1] = _slow(x, weight)
    _last[0] = time.monotonic()
    return _last[1]
