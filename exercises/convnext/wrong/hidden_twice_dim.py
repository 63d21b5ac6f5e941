"""Hidden layer too narrow

Your hidden layer is 2 · dim wide. The block widens to 4 · dim between its two linear layers.
"""

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, 7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.linear1 = nn.Linear(dim, 2 * dim)
        self.linear2 = nn.Linear(2 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.depthwise(x).permute(0, 2, 3, 1)
        y = self.norm(y)
        y = F.gelu(self.linear1(y))
        y = self.gamma * self.linear2(y)
        return x + y.permute(0, 3, 1, 2)
