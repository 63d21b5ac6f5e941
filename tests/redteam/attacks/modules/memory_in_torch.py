"""Takes more memory in torch than there may be.

Expect: accepted memory_limit runtime_error wrong_answer
Score: less
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        kept = [torch.ones(1 << 22) for _ in range(1 << 12)]
        return self.conv(x) + kept[0][0]
