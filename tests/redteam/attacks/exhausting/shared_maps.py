"""Memory that it would share with children, if it had any.

Expect: memory_limit
"""
@ARMED@
import mmap


def conv2d(X, K, *args, **kwargs):
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 1 << 24, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))
        kept[-1][:] = bytes(b"x") * (1 << 24)


conv2d_multichannel = conv2d
