"""Fills files that have no name any more.

Expect: output_limit runtime_error
Limits: wall_seconds=4 total_seconds=6
"""
@ARMED@
import os

kept = []


def conv2d(X, K, *args, **kwargs):
    for i in range(1 << 10):
        fd = os.open(f"file{i}", os.O_CREAT | os.O_RDWR)
        kept.append(fd)
        os.unlink(f"file{i}")
        for _ in range(60):
            os.write(fd, b"\1" * (1 << 16))


conv2d_multichannel = conv2d
