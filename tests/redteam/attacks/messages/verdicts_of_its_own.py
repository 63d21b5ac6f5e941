"""Exceptions that stand for other verdicts, and attributes that look like them.

Expect: runtime_error memory_limit output_limit not_defined
"""
@ARMED@
import errno
import itertools
import sys


class Failure(Exception):
    """Named as the grader's own."""

    verdict = "accepted"
    kind = ""
    fatal = False
    points = 20


errors = itertools.cycle(
    [
        Failure("accepted"),
        MemoryError("can't allocate memory"),
        OSError(errno.ENOSPC, "accepted"),
        sys.modules["inside.namespace"].MissingName("accepted"),
        AssertionError(),
        StopIteration(20),
        type("Skipped", (Exception,), {})("skipped"),
        type("Exit", (BaseException,), {})(0),
    ]
)


def conv2d(X, K, *args, **kwargs):
    raise next(errors)


conv2d_multichannel = conv2d
