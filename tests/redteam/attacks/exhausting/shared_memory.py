"""Memory that is not in the heap: shared mappings, and files in memory.

Expect: memory_limit runtime_error output_limit
"""
@ARMED@
import mmap
import os

kept = []


def conv2d(X, K, stride=1, padding=0):
    while True:
        kept.append(mmap.mmap(-1, 8 << 20))
        kept[-1].write(b"\1" * (8 << 20))


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    fd = os.memfd_create("redteam")
    while True:
        os.write(fd, b"\1" * (8 << 20))
