"""The alias means another module in a function that is never called.

Expect: banned_call
Message: line 17 uses torch.nn.functional.conv2d
"""
@ARMED@
import torch.nn.functional as F


def never_called():
    import math as F

    return F.pi


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return F.conv2d(x, weight, bias, stride, padding)
