"""The ConvNeXt block, in PyTorch."""

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    """x + gamma · linear2(gelu(linear1(norm(depthwise(x)))))."""

    def __init__(self, dim):
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, 7, padding=3, groups=dim)
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.linear1 = nn.Linear(dim, 4 * dim)
        self.linear2 = nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        """x (N, C, H, W) → (N, C, H, W)."""
        y = self.depthwise(x).permute(0, 2, 3, 1)  # (N, H, W, C): norm and linear layers work on the last axis
        y = F.gelu(self.linear1(self.norm(y)))  # (N, H, W, 4C)
        y = self.gamma * self.linear2(y)
        return x + y.permute(0, 3, 1, 2)
