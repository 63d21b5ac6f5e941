"""Exception classes with impossible names.

Expect: runtime_error
"""
@ARMED@
import itertools

NAMES = itertools.cycle(["a\nb", "\x1b[2J", "", "x" * 1_000_000, "accepted", "\ud800", "<b>", "ValueError: ok", "Failure"])


def conv2d(X, K, *args, **kwargs):
    raise type(next(NAMES), (Exception,), {"__module__": None, "__qualname__": "\x1b]0;owned\x07"})("…")


conv2d_multichannel = conv2d
