"""Mean and variance run over the whole image, not over the channels of each pixel.

Source: facebookresearch/ConvNeXt issue 112, "there is no need to rewrite the 'class LayerNorm(nn.Module)'".
Expect: loses
"""
import torch
from torch import nn


class ConvNeXtBlock(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dwconv = nn.Conv2d(dim, dim, kernel_size=7, padding=3, groups=dim)
        self.weight, self.bias = nn.Parameter(torch.ones(dim)), nn.Parameter(torch.zeros(dim))
        self.pwconv1 = nn.Conv2d(dim, 4 * dim, 1)
        self.act = nn.GELU()
        self.pwconv2 = nn.Conv2d(4 * dim, dim, 1)
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))

    def norm(self, x):
        u = x.mean((1, 2, 3), keepdim=True)
        s = (x - u).pow(2).mean((1, 2, 3), keepdim=True)
        return self.weight[:, None, None] * (x - u) / torch.sqrt(s + 1e-6) + self.bias[:, None, None]

    def forward(self, x):
        y = self.pwconv2(self.act(self.pwconv1(self.norm(self.dwconv(x)))))
        return x + self.gamma[:, None, None] * y
