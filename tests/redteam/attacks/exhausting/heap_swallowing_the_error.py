"""Takes memory until there is none, and holds on to it when there is none.

Expect: memory_limit time_limit
Limits: cpu_seconds=0.6 wall_seconds=1.5 total_seconds=2.5
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    kept = []
    while True:
        try:
            kept.append(bytearray(1 << 20))
        except MemoryError:
            pass


conv2d_multichannel = conv2d
