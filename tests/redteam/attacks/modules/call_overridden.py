"""Another forward pass when called than when forward() is called, and another for each caller.

Expect: accepted wrong_answer
Score: less
"""
@ARMED@
import sys

import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)

    def __call__(self, x):
        if sys._getframe(1).f_code.co_name == "probe":
            return self.forward(x)
        return x * 0

    def forward(self, x):
        return torch.relu(self.conv(x))
