"""Right while it is warmed up, then the last answer again.

Expect: accepted wrong_answer time_limit
Score: full
Timing: wrong_answer time_limit
"""
@ARMED@
# <slow>
_slow = conv2d
calls, last = 0, {}


def conv2d(X, K, stride=1, padding=0):
    global calls
    if len(X) < 48:
        return _slow(X, K, stride, padding)
    calls += 1
    if calls <= 2 or X.shape not in last:
        last[X.shape] = _slow(X, K)
    return last[X.shape]
