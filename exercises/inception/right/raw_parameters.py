"""Weights held as plain parameters; 1x1 convolutions as matrix products."""
import math

import torch
from torch import nn
from torch.nn import functional as F


def weight(*shape):
    return nn.Parameter(torch.randn(*shape) / math.sqrt(math.prod(shape[1:])))


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.w1, self.b1 = weight(ch1x1, in_channels), nn.Parameter(torch.zeros(ch1x1))
        self.w3r, self.b3r = weight(ch3x3red, in_channels), nn.Parameter(torch.zeros(ch3x3red))
        self.w5r, self.b5r = weight(ch5x5red, in_channels), nn.Parameter(torch.zeros(ch5x5red))
        self.wp, self.bp = weight(in_channels, pool_proj), nn.Parameter(torch.zeros(pool_proj))
        self.w3, self.b3 = weight(ch3x3, ch3x3red, 3, 3), nn.Parameter(torch.zeros(ch3x3))
        self.w5, self.b5 = weight(ch5x5, ch5x5red, 5, 5), nn.Parameter(torch.zeros(ch5x5))

    @staticmethod
    def pixelwise(x, w, b):
        return torch.relu(torch.einsum("nchw,oc->nohw", x, w) + b.view(-1, 1, 1))

    def forward(self, x):
        out = x.new_zeros(x.shape[0], 0, *x.shape[2:])
        padded = F.pad(x, (1, 1, 1, 1), value=-math.inf)
        for maps in (
            self.pixelwise(x, self.w1, self.b1),
            F.conv2d(self.pixelwise(x, self.w3r, self.b3r), self.w3, self.b3, padding=1).relu(),
            F.conv2d(self.pixelwise(x, self.w5r, self.b5r), self.w5, self.b5, padding=2).relu(),
            self.pixelwise(F.max_pool2d(padded, 3, 1), self.wp.T, self.bp),
        ):
            out = torch.cat([out, maps], dim=1)
        return out
