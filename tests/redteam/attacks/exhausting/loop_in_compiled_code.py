"""A power so large that Python does not come back to look at signals.

Expect: time_limit memory_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    return 10 ** (10**9)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    return 7 ** (7**9) % 10
