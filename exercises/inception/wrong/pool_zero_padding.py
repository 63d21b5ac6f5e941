"""Pool padded with zeros

You surround the input with zeros before taking maxima, so at the border nothing below zero survives. Padding must
never win a maximum: let the pool itself pad.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, ch1x1, 1)
        self.reduce3 = nn.Conv2d(in_channels, ch3x3red, 1)
        self.conv3 = nn.Conv2d(ch3x3red, ch3x3, 3, padding=1)
        self.reduce5 = nn.Conv2d(in_channels, ch5x5red, 1)
        self.conv5 = nn.Conv2d(ch5x5red, ch5x5, 5, padding=2)
        self.project = nn.Conv2d(in_channels, pool_proj, 1)

    def forward(self, x):
        one = F.relu(self.conv1(x))
        three = F.relu(self.conv3(F.relu(self.reduce3(x))))
        five = F.relu(self.conv5(F.relu(self.reduce5(x))))
        pool = F.relu(self.project(F.max_pool2d(F.pad(x, (1, 1, 1, 1)), 3, stride=1)))
        return torch.cat([one, three, five, pool], dim=1)
