"""A loop that does nothing.

Expect: time_limit
Limits: cpu_seconds=0.4 total_seconds=1
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    while True:
        pass


conv2d_multichannel = conv2d
