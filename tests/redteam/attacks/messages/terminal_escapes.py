"""Messages that would move the cursor, change the title, ring the bell and erase the screen.

Expect: runtime_error
Message: nasty
"""
@ARMED@
import sys

NASTY = "\x1b[2J\x1b]0;owned\x07\x1b[31mnasty\x9b31m\x85\x00\b\b\b\r\v\f\x7f"
print(NASTY)
print(NASTY, file=sys.stderr)


def conv2d(X, K, *args, **kwargs):
    raise ValueError(NASTY)


conv2d_multichannel = conv2d
