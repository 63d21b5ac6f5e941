"""Traced while the file is loaded.

Expect: banned_call runtime_error
"""
@ARMED@
import torch

traced = torch.jit.trace(torch.nn.functional.conv2d, (torch.ones(1, 1, 3, 3), torch.ones(1, 1, 3, 3)))


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return traced(x, weight)
