"""The name is put together while it runs.

Expect: banned_call
Message: line 11 uses torch.conv2d
"""
@ARMED@
import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return getattr(torch, "conv" + "2d")(x, weight, bias, stride, padding)
