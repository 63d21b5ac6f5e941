"""Processes without end.

Expect: runtime_error
"""
@ARMED@
import os


def conv2d(X, K, stride=1, padding=0):
    while True:
        os.fork()


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(4) as pool:
        return pool.map(len, ["a"])
