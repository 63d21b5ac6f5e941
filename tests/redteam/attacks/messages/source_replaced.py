"""Its own file holds escapes and three megabytes of nothing when its lines are to be shown.

Expect: runtime_error
Message: look at my source
"""
@ARMED@
import os

with open(__file__, "w") as file:
    file.write("\x1b[2J\n" * 100)
    file.truncate(3 << 20)


def conv2d(X, K, *args, **kwargs):
    raise ValueError("look at my source")


conv2d_multichannel = conv2d
