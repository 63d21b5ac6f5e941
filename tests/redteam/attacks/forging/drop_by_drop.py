"""A reply that comes one byte at a time and never ends.

Expect: time_limit
Limits: wall_seconds=1 total_seconds=2
"""
@ARMED@
import struct
import time

# <forge>


def conv2d(X, K, *args, **kwargs):
    raw(struct.pack("<4sHHQIQ", b"CNNG", 1, 0, request_id(), 400_000, 0))
    while True:
        raw(b"[")
        time.sleep(0.005)


conv2d_multichannel = conv2d
