"""A list whose length and entries depend on who looks how often.

Expect: wrong_answer
"""
@ARMED@


class Rows(list):
    """Another list at each look."""

    looks = 0

    def __len__(self):
        Rows.looks += 1
        return Rows.looks

    def __iter__(self):
        Rows.looks += 1
        return iter([[0.0] * Rows.looks] * 3)


def conv2d(X, K, *args, **kwargs):
    return Rows([1])


conv2d_multichannel = conv2d
