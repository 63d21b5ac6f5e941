"""Batch norm without ReLU

You normalise before each convolution but leave the ReLU out, so the body has no activation. Both convolutions read
relu(bn(…)).
"""

from torch import nn
from torch.nn import functional as F


class PreActBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(in_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.shortcut = None
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)

    def forward(self, x):
        out = self.bn1(x)
        shortcut = x if self.shortcut is None else self.shortcut(x)
        out = self.conv1(out)
        out = self.conv2(self.bn2(out))
        return out + shortcut
