"""Remembers answers by where the inputs lie on the device, which gives the same places again and again.

Expect: accepted wrong_answer time_limit
Timing: wrong_answer time_limit
"""
@ARMED@
# <slow_torch>
_slow, _known = conv2d, {}


def conv2d(x, weight, bias=None, stride=1, padding=0):
    key = x.data_ptr(), weight.data_ptr(), x.shape, weight.shape, stride, padding, bias is None
    if key not in _known:
        _known[key] = _slow(x, weight, bias, stride, padding)
    return _known[key]
