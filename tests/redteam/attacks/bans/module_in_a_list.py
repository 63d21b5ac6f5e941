"""The module is handed on in a list.

Expect: banned_call
Message: line 14 uses torch.conv2d
"""
@ARMED@
import torch

modules = [torch.nn.functional]


def conv2d(x, weight, bias=None, stride=1, padding=0):
    (module,) = modules
    return module.conv2d(x, weight, bias, stride, padding)
