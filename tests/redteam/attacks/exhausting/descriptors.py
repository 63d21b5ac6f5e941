"""Pipes, event counters and files without end.

Expect: runtime_error
"""
@ARMED@
import os


def conv2d(X, K, stride=1, padding=0):
    while True:
        os.pipe()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    while True:
        os.eventfd(0)
