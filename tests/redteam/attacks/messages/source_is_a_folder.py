"""Its own file is a folder when its lines are to be shown.

Expect: runtime_error
Message: look at my source
"""
@ARMED@
import os

os.unlink(__file__)
os.mkdir(__file__)


def conv2d(X, K, *args, **kwargs):
    raise ValueError("look at my source")


conv2d_multichannel = conv2d
