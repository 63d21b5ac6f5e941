"""Lets torch read far outside of a tensor.

Expect: accepted runtime_error wrong_answer
Score: less
"""
@ARMED@
import ctypes

import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        storage = x.untyped_storage()
        ctypes.memset(storage.data_ptr(), 255, 1 << 24)
        return self.conv(x)
