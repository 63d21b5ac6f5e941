"""Remembers its answers by the arguments' bytes: no inputs come twice.

Expect: accepted time_limit
Score: full
Timing: time_limit
"""
@ARMED@
# <slow>
_slow = conv2d
answers = {}


def conv2d(X, K, stride=1, padding=0):
    key = X.tobytes(), K.tobytes(), X.shape, K.shape, stride, padding
    if key not in answers:
        answers[key] = _slow(X, K, stride, padding)
    return answers[key]
