"""A regular expression that takes exponential time.

Expect: time_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@
import re


def conv2d(X, K, *args, **kwargs):
    return re.match(r"(a+)+$", "a" * 60 + "b")


conv2d_multichannel = conv2d
