"""Convolution weights as plain parameters, 1x1 convolutions as matrix products."""
import torch
import torch.nn.functional as F
from torch import nn


class InvertedResidual(nn.Module):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        hidden = in_channels * expand_ratio
        self.stride, self.hidden = stride, hidden
        self.same = in_channels == out_channels and stride == 1
        self.bn_c = nn.BatchNorm2d(out_channels)
        self.bn_b = nn.BatchNorm2d(hidden)
        self.bn_a = nn.BatchNorm2d(hidden) if expand_ratio != 1 else nn.Identity()
        self.c = nn.Parameter(torch.randn(hidden, out_channels) * (2 / hidden) ** 0.5)
        self.b = nn.Parameter(torch.randn(hidden, 1, 3, 3) / 3)
        self.a = nn.Parameter(torch.randn(hidden, in_channels)) if expand_ratio != 1 else None

    def forward(self, x):
        h = x
        if self.a is not None:
            h = F.hardtanh(self.bn_a(torch.einsum("oc,nchw->nohw", self.a, h)), 0.0, 6.0)
        h = F.conv2d(h, self.b, stride=self.stride, padding=1, groups=self.hidden)
        h = F.hardtanh(self.bn_b(h), 0.0, 6.0)
        h = self.bn_c(torch.einsum("co,nchw->nohw", self.c, h))
        return torch.add(h, x) if self.same else h
