"""Subclasses of int, float, str and dict that lie when they are converted.

Expect: wrong_answer
"""
@ARMED@
import itertools


class Whole(int):
    """1 << 70 at the second look."""

    looks = itertools.count()
    __int__ = __index__ = lambda self: 1 << 7 * next(Whole.looks)
    __abs__ = lambda self: 0


class Real(float):
    """hex() of something else."""

    hex = lambda self: "inf"
    __float__ = lambda self: float("nan")


class Text(str):
    """Longer than it says."""

    __getitem__ = lambda self, key: self * 2
    __len__ = lambda self: 1


class Table(dict):
    """Keys that are none."""

    items = lambda self: [(Text("a"), 1.0), (Text("a"), 2.0)]
    __iter__ = lambda self: iter([Text("a")])


answers = itertools.cycle([Whole(3), Real(2.0), Text("x"), Table(), [Whole(1), Real(1.0)]])


def conv2d(X, K, *args, **kwargs):
    return next(answers)


conv2d_multichannel = conv2d
