"""A 3×3 depthwise kernel

Your depthwise convolution is 3×3. ConvNeXt's is 7×7 with padding 3.
"""

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, 3, padding=1, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.linear1 = nn.Linear(dim, 4 * dim)
        self.linear2 = nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.depthwise(x).permute(0, 2, 3, 1)
        y = self.norm(y)
        y = F.gelu(self.linear1(y))
        y = self.gamma * self.linear2(y)
        return x + y.permute(0, 3, 1, 2)
