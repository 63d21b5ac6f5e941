"""Every convolution by im2col: patches as columns, kernels as a matrix."""
import torch
from torch import nn
from torch.nn import functional as F


class Conv(nn.Module):
    def __init__(self, i, o, k, stride=1):
        super().__init__()
        self.k, self.s, self.p = k, stride, k // 2
        self.weight = nn.Parameter(torch.randn(o, i * k * k) * (2 / (i * k * k)) ** 0.5)

    def forward(self, x):
        n, _, h, w = x.shape
        cols = F.unfold(x, self.k, padding=self.p, stride=self.s)
        height, width = ((n + 2 * self.p - self.k) // self.s + 1 for n in (h, w))
        return (self.weight @ cols).reshape(n, -1, height, width)


def cb(i, o, k, s=1):
    return nn.Sequential(Conv(i, o, k, s), nn.BatchNorm2d(o))


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.f = nn.Sequential(cb(in_channels, out_channels, 3, stride), nn.ReLU(), cb(out_channels, out_channels, 3))
        self.s = cb(in_channels, out_channels, 1, stride) if stride != 1 or in_channels != out_channels else nn.Identity()

    def forward(self, x):
        return torch.relu(self.f(x) + self.s(x))


class Bottleneck(nn.Module):
    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__()
        m, o = mid_channels, 4 * mid_channels
        self.f = nn.Sequential(cb(in_channels, m, 1), nn.ReLU(), cb(m, m, 3, stride), nn.ReLU(), cb(m, o, 1))
        self.s = cb(in_channels, o, 1, stride) if stride != 1 or in_channels != o else nn.Identity()

    def forward(self, x):
        return torch.relu(self.f(x) + self.s(x))


class PreActBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.f = nn.Sequential(
            nn.BatchNorm2d(in_channels), nn.ReLU(), Conv(in_channels, out_channels, 3, stride),
            nn.BatchNorm2d(out_channels), nn.ReLU(), Conv(out_channels, out_channels, 3),
        )
        self.s = Conv(in_channels, out_channels, 1, stride) if stride != 1 or in_channels != out_channels else None

    def forward(self, x):
        return self.f(x) + (x if self.s is None else self.s(x))


class ResNet18(nn.Sequential):
    def __init__(self, num_classes=10):
        blocks, i = [], 64
        for o in (64, 128, 256, 512):
            blocks += [BasicBlock(i, o, 1 if i == o else 2), BasicBlock(o, o)]
            i = o
        super().__init__(cb(3, 64, 3), nn.ReLU(), *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, num_classes))
