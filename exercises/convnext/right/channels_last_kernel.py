"""Depthwise kernels as (7, 7, C), the linear layers as matrices (in, out)."""
import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.kernel = nn.Parameter(0.02 * torch.randn(7, 7, dim))
        self.kernel_bias = nn.Parameter(torch.zeros(dim))
        self.ln_w, self.ln_b = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.zeros(dim))
        self.w1, self.b1 = nn.Parameter(0.02 * torch.randn(dim, 4 * dim)), nn.Parameter(torch.zeros(4 * dim))
        self.w2, self.b2 = nn.Parameter(0.02 * torch.randn(4 * dim, dim)), nn.Parameter(torch.zeros(dim))
        self.gamma = nn.Parameter(torch.full([dim], 1e-6))

    def forward(self, x):
        n, c, h, w = x.shape
        p = F.pad(x, [3] * 4).permute(0, 2, 3, 1)
        y = self.kernel_bias + sum(self.kernel[i, j] * p[:, i : i + h, j : j + w] for i in range(7) for j in range(7))
        y = F.layer_norm(y, (c,), self.ln_w, self.ln_b, 1e-6)
        y = F.gelu(y @ self.w1 + self.b1) @ self.w2 + self.b2
        return x + (self.gamma * y).permute(0, 3, 1, 2)
