"""An honest header, then bytes without end.

Expect: wrong_answer runtime_error time_limit
"""
@ARMED@
import struct

# <forge>


def conv2d(X, K, *args, **kwargs):
    raw(struct.pack("<4sHHQIQ", b"CNNG", 1, 0, request_id(), 400_000, 0))
    while True:
        raw(b"[" * 65536)


conv2d_multichannel = conv2d
