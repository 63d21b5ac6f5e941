"""All reductions in another order, the last ReLU on the concatenated maps."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.pool_conv = nn.Conv2d(in_channels, pool_proj, 1)
        self.five_b = nn.Conv2d(ch5x5red, ch5x5, 5, 1, 2)
        self.five_a = nn.Conv2d(in_channels, ch5x5red, 1)
        self.three_b = nn.Conv2d(ch3x3red, ch3x3, 3, 1, 1)
        self.three_a = nn.Conv2d(in_channels, ch3x3red, 1)
        self.one = nn.Conv2d(in_channels, ch1x1, 1)
        self.pool = nn.MaxPool2d(kernel_size=3, stride=1, padding=1)

    def forward(self, x):
        p = self.pool_conv(self.pool(x))
        f = self.five_b(F.relu(self.five_a(x)))
        t = self.three_b(F.relu(self.three_a(x)))
        return F.relu(torch.cat((self.one(x), t, f, p), dim=-3))
