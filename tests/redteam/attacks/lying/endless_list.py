"""A list whose iterator never ends.

Expect: wrong_answer memory_limit time_limit
"""
@ARMED@


class Rows(list):
    """Endless."""

    def __iter__(self):
        while True:
            yield 0.0


def conv2d(X, K, *args, **kwargs):
    return Rows()


conv2d_multichannel = conv2d
