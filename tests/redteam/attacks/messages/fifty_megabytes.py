"""An exception with a text of fifty megabytes.

Expect: runtime_error memory_limit time_limit
"""
@ARMED@


def conv2d(X, K, stride=1, padding=0):
    raise ValueError("x" * 50_000_000)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    raise ValueError(["x"] * 1_000_000)
