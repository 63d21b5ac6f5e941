"""Prints small lines without end.

Expect: output_limit
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    while True:
        print("redteam was here")


conv2d_multichannel = conv2d
