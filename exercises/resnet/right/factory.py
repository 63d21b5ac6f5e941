from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class Stage:
    width: int
    blocks: int = 2
    stride: int = 2


STAGES = (Stage(64, stride=1), Stage(128), Stage(256), Stage(512))


class ConvBN(nn.Module):
    def __init__(self, c_in: int, c_out: int, k: int, stride: int = 1, relu: bool = True):
        super().__init__()
        if stride not in (1, 2):
            raise ValueError("stride must be 1 or 2")
        self.relu = relu
        self.norm = nn.BatchNorm2d(c_out)
        self.conv = nn.Conv2d(c_in, c_out, kernel_size=k, stride=stride, padding=(k - 1) // 2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.conv(x))
        return torch.where(y > 0, y, torch.zeros_like(y)) if self.relu else y


class _Block(nn.Module):
    def __init__(self, c_in: int, c_out: int, stride: int):
        super().__init__()
        fits = stride == 1 and c_in == c_out
        self.project = None if fits else ConvBN(c_in, c_out, 1, stride, relu=False)

    def body(self, x: Tensor) -> Tensor:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        skip = self.project(x) if self.project else x
        return (skip + self.body(x)).clamp_(min=0)


class BasicBlock(_Block):
    def __init__(self, in_channels: int, out_channels: int, stride: int = 1):
        super().__init__(in_channels, out_channels, stride)
        self.two = ConvBN(out_channels, out_channels, 3, relu=False)
        self.one = ConvBN(in_channels, out_channels, 3, stride)

    def body(self, x):
        return self.two(self.one(x))


class Bottleneck(_Block):
    def __init__(self, in_channels: int, mid_channels: int, stride: int = 1):
        super().__init__(in_channels, 4 * mid_channels, stride)
        self.three = ConvBN(mid_channels, 4 * mid_channels, 1, relu=False)
        self.two = ConvBN(mid_channels, mid_channels, 3, stride)
        self.one = ConvBN(in_channels, mid_channels, 1)

    def body(self, x):
        return self.three(self.two(self.one(x)))


class PreActBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int = 1):
        super().__init__()
        self.project = nn.ModuleList()
        if stride != 1 or in_channels != out_channels:
            self.project.append(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False))
        make = lambda c, d, s: nn.Sequential(nn.BatchNorm2d(c), nn.ReLU(), nn.Conv2d(c, d, 3, s, 1, bias=False))
        self.body = nn.ModuleList([make(in_channels, out_channels, stride), make(out_channels, out_channels, 1)])

    def forward(self, x):
        y = x
        for part in self.body:
            y = part(y)
        for part in self.project:
            x = part(x)
        return x + y


class ResNet(nn.Module):
    def __init__(self, block, stages, num_classes):
        super().__init__()
        self.stem = ConvBN(3, 64, 3)
        width, layers = 64, []
        for stage in stages:
            for i in range(stage.blocks):
                layers.append(block(width, stage.width, stride=stage.stride if i == 0 else 1))
                width = stage.width
        self.trunk = nn.Sequential(*layers)
        self.head = nn.Conv2d(width, num_classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        y = self.trunk(self.stem(x))
        return self.head(y.mean(dim=(-2, -1), keepdim=True)).flatten(1)


def ResNet18(num_classes: int = 10) -> ResNet:
    return ResNet(BasicBlock, STAGES, num_classes)
