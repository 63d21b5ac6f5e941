"""A file of a terabyte with nothing in it.

Expect: output_limit runtime_error
"""
@ARMED@
import os


def conv2d(X, K, stride=1, padding=0):
    with open("redteam_was_here", "wb") as file:
        os.truncate(file.fileno(), 1 << 40)


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    with open("redteam_was_here", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1 << 40)
