"""SyntaxErrors whose fields are something else.

Expect: runtime_error
"""
@ARMED@
import itertools


class Text(str):
    """Not to be stripped."""

    def strip(self, *args):
        raise SystemExit(0)


errors = itertools.cycle(
    [
        SyntaxError("x", ("f", 1 << 80, 1, 7)),
        SyntaxError("x", ("f", "line", "column", ["text"])),
        SyntaxError(7, ("f", 3, 1, Text("x"))),
        SyntaxError("x", ("f", 3, 1, "\x1b[2J" * 10_000)),
        SyntaxError(b"\xff", (None, None, None, None)),
        UnicodeDecodeError("utf-8", b"x" * 1_000_000, 0, 1, "y" * 1_000_000),
    ]
)


def conv2d(X, K, *args, **kwargs):
    raise next(errors)


conv2d_multichannel = conv2d
