"""A bias too many in every convolution, hidden from parameters(), named_parameters() and state_dict().

Expect: accepted wrong_answer
Score: less
"""
@ARMED@
import torch
import torch.nn.functional as F
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, 1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut = nn.Sequential()
        if stride != 1 or in_channels != out_channels:
            conv = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)
            self.shortcut = nn.Sequential(conv, nn.BatchNorm2d(out_channels))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.shortcut(x))

    def named_parameters(self, *args, **kwargs):
        hidden = ("conv1.bias", "conv2.bias")
        return ((n, p) for n, p in super().named_parameters(*args, **kwargs) if n not in hidden)

    def parameters(self, recurse=True):
        return (p for _, p in self.named_parameters())

    def state_dict(self, *args, **kwargs):
        return {n: t for n, t in super().state_dict(*args, **kwargs).items() if "conv" not in n or "weight" in n}
