"""A well-formed reply to another request, on every descriptor.

Expect: runtime_error
"""
@ARMED@
import os
import struct

text = b'{"ok":{"t":"f","v":"0x1p+0"}}'
FRAME = struct.pack("<4sHHQIQ", b"CNNG", 1, 0, 1, len(text), 0) + text


def conv2d(X, K, *args, **kwargs):
    for fd in range(3, 4096):
        try:
            os.write(fd, FRAME)
        except OSError:
            pass


conv2d_multichannel = conv2d
