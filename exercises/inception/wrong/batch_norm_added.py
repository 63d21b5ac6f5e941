"""Batch norm instead of biases

Your convolutions are followed by batch norms, as in a later version of the network. In this module a convolution has a
bias and is followed by ReLU, nothing else.
"""

import torch
from torch import nn
from torch.nn import functional as F


def conv_bn(c_in, c_out, k, padding=0):
    return nn.Sequential(nn.Conv2d(c_in, c_out, k, padding=padding, bias=False), nn.BatchNorm2d(c_out))


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.conv1 = conv_bn(in_channels, ch1x1, 1)
        self.reduce3 = conv_bn(in_channels, ch3x3red, 1)
        self.conv3 = conv_bn(ch3x3red, ch3x3, 3, padding=1)
        self.reduce5 = conv_bn(in_channels, ch5x5red, 1)
        self.conv5 = conv_bn(ch5x5red, ch5x5, 5, padding=2)
        self.project = conv_bn(in_channels, pool_proj, 1)

    def forward(self, x):
        one = F.relu(self.conv1(x))
        three = F.relu(self.conv3(F.relu(self.reduce3(x))))
        five = F.relu(self.conv5(F.relu(self.reduce5(x))))
        pool = F.relu(self.project(F.max_pool2d(x, 3, stride=1, padding=1)))
        return torch.cat([one, three, five, pool], dim=1)
