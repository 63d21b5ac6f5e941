"""A star import, under another name before its own name is taken.

Expect: banned_call
Message: line 13 uses torch.conv2d
"""
@ARMED@
from torch.nn.functional import *

original = conv2d


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return original(x, weight, bias, stride, padding)
