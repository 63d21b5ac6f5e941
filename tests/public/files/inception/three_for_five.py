"""The third branch has a kernel of 3 where the paper has 5.

Source: pytorch/vision issue 906, "I find some error in googlenet.py ?".
Expect: loses
"""
import torch
from torch import nn


def conv(channels, filters, size, padding=0):
    return nn.Sequential(nn.Conv2d(channels, filters, size, padding=padding), nn.ReLU())


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.branch1 = conv(in_channels, ch1x1, 1)
        self.branch2 = nn.Sequential(conv(in_channels, ch3x3red, 1), conv(ch3x3red, ch3x3, 3, 1))
        self.branch3 = nn.Sequential(conv(in_channels, ch5x5red, 1), conv(ch5x5red, ch5x5, 3, 1))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(in_channels, pool_proj, 1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)
