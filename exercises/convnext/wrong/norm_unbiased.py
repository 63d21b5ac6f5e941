"""Variance divided by one less

Your norm divides by the sample variance, over C − 1. Layer norm uses the plain mean of the squared deviations.
"""

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.depthwise = nn.Conv2d(dim, dim, 7, padding=3, groups=dim)
        self.weight = nn.Parameter(torch.ones(dim))
        self.bias = nn.Parameter(torch.zeros(dim))
        self.linear1 = nn.Linear(dim, 4 * dim)
        self.linear2 = nn.Linear(4 * dim, dim)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def forward(self, x):
        y = self.depthwise(x).permute(0, 2, 3, 1)
        variance, mean = torch.var_mean(y, dim=-1, keepdim=True)
        y = self.weight * (y - mean) / torch.sqrt(variance + 1e-6) + self.bias
        y = F.gelu(self.linear1(y))
        y = self.gamma * self.linear2(y)
        return x + y.permute(0, 3, 1, 2)
