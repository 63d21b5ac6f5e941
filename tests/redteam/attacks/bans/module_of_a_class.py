"""The module that a class was defined in, found by its name.

Expect: banned_call
Message: line 14 uses torch.conv2d
"""
@ARMED@
import sys

from torch import nn as layers


def conv2d(x, weight, bias=None, stride=1, padding=0):
    module = sys.modules[layers.Module.__module__.rpartition(".")[0] + ".conv"]
    return module.F.conv2d(x, weight, bias, stride, padding)
