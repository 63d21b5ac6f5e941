"""Out of the dictionary of a module.

Expect: banned_call
Message: line 13 uses torch.conv2d
"""
@ARMED@
import torch.nn.functional

names = vars(torch.nn.functional)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return names["conv2d"](x, weight, bias, stride, padding)
