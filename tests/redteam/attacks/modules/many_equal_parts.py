"""So many parts of one shape that to try all orders would take for ever.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.parts = nn.ModuleList(nn.BatchNorm2d(out_channels) for _ in range(200))
        self.convs = nn.ModuleList(nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False) for _ in range(9))

    def forward(self, x):
        for conv in self.convs:
            x = conv(x) if x.shape[1] == conv.weight.shape[1] else x
        return x
