"""Layer norm, linear layers and GELU by hand, all weights plain parameters."""
import math

import torch
from torch import nn
from torch.nn import functional as F


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.scale = nn.Parameter(torch.full((1, dim, 1, 1), 1e-6))
        self.b2 = nn.Parameter(torch.zeros(dim))
        self.w2 = nn.Parameter(torch.randn(4 * dim, dim) / math.sqrt(4 * dim))
        self.b1 = nn.Parameter(torch.zeros(4 * dim))
        self.w1 = nn.Parameter(torch.randn(dim, 4 * dim) / math.sqrt(dim))
        self.ln_g = nn.Parameter(torch.ones(1, dim, 1, 1))
        self.ln_b = nn.Parameter(torch.zeros(1, dim, 1, 1))
        self.k = nn.Parameter(torch.randn(dim, 1, 7, 7) / 7)
        self.kb = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        h = F.conv2d(x, self.k, self.kb, padding=3, groups=self.dim)
        centred = h - h.mean(dim=1, keepdim=True)
        h = centred * torch.rsqrt((centred**2).mean(dim=1, keepdim=True) + 1e-6)
        h = self.ln_g * h + self.ln_b
        h = torch.einsum("co,nchw->nohw", self.w1, h) + self.b1[:, None, None]
        h = 0.5 * h * (1 + torch.erf(h / math.sqrt(2)))
        h = torch.einsum("co,nchw->nohw", self.w2, h) + self.b2[:, None, None]
        return x + self.scale * h
