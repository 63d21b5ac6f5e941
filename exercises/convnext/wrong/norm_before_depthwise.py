"""Norm before the depthwise convolution

You normalise the block's input. In ConvNeXt the norm comes after the depthwise convolution and before the first linear
layer.
"""

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, 7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.linear1 = nn.Linear(dim, 4 * dim)
        self.linear2 = nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.norm(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        y = self.depthwise(y).permute(0, 2, 3, 1)
        y = F.gelu(self.linear1(y))
        y = self.gamma * self.linear2(y)
        return x + y.permute(0, 3, 1, 2)
