"""Prints to stderr, past Python's buffers.

Expect: output_limit
"""
@ARMED@
import os


def conv2d(X, K, *args, **kwargs):
    while True:
        os.write(2, b"redteam was here\n")


conv2d_multichannel = conv2d
