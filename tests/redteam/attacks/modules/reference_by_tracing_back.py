"""Looks for torch code of the course in memory and on disk, and for the weights of the other side.

Expect: accepted wrong_answer
Score: less
"""
@ARMED@
import gc
import sys

import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        for found in gc.get_objects():
            if isinstance(found, nn.Module) and type(found).__module__ not in (__name__, "kit"):
                if type(found).__name__ == "BasicBlock":
                    return found(x)
        return self.conv(x)
