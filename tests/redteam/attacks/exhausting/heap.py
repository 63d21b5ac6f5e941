"""Takes memory until there is none.

Expect: memory_limit
"""
@ARMED@


def conv2d(X, K, *args, **kwargs):
    kept = []
    while True:
        kept.append(bytearray(8 << 20))


conv2d_multichannel = conv2d
