"""Prints one line of a hundred megabytes.

Expect: output_limit
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    print("x" * 100_000_000)


conv2d_multichannel = conv2d
