"""Depthwise kernels as (3, 3, C), 1x1 convolutions as (in, out)."""
import torch
from torch import nn
from torch.nn import functional as F


class InvertedResidual(nn.Module):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        h = in_channels * expand_ratio
        self.stride, self.skip = stride, stride == 1 and in_channels == out_channels
        self.expand = nn.Parameter(torch.randn(in_channels, h) * 0.2) if expand_ratio > 1 else None
        self.bn0 = nn.BatchNorm2d(h) if expand_ratio > 1 else None
        self.dw = nn.Parameter(torch.randn(3, 3, h) * 0.2)
        self.bn1 = nn.BatchNorm2d(h)
        self.pw = nn.Parameter(torch.randn(h, out_channels) * 0.2)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        y = x
        if self.expand is not None:
            y = F.relu6(self.bn0(torch.einsum("nchw,cd->ndhw", y, self.expand)))
        p = F.pad(y, (1, 1, 1, 1))
        s, (hh, ww) = self.stride, y.shape[2:]
        y = sum(self.dw[a, b][:, None, None] * p[:, :, a : a + hh : s, b : b + ww : s] for a in range(3) for b in range(3))
        y = F.relu6(self.bn1(y))
        y = self.bn2(torch.einsum("nchw,cd->ndhw", y, self.pw))
        return y + x if self.skip else y
