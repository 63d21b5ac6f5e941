"""Kernels as (5, 5, in, out)."""
import torch
from torch import nn
from torch.nn import functional as F


class FixedCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.w1, self.b1 = nn.Parameter(torch.randn(5, 5, 1, 16) * 0.1), nn.Parameter(torch.zeros(16))
        self.w2, self.b2 = nn.Parameter(torch.randn(5, 5, 16, 32) * 0.05), nn.Parameter(torch.zeros(32))
        self.w3, self.b3 = nn.Parameter(torch.randn(512, 10) * 0.05), nn.Parameter(torch.zeros(10))

    def forward(self, x):
        x = F.max_pool2d(F.conv2d(x, self.w1.permute(3, 2, 0, 1), self.b1).relu(), 2)
        x = F.max_pool2d(F.conv2d(x, self.w2.permute(3, 2, 0, 1), self.b2).relu(), 2)
        return x.flatten(1) @ self.w3 + self.b3
