"""Every branch reads the fused output from its first channel

The channels of your fused 1×1 convolution lie side by side: branch 2 begins where branch 1 ends, and branch 3 where
branch 2 ends. Yours all begin at channel 0, so they share weights and the last channels are not used.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.widths = [ch1x1, ch3x3red, ch5x5red]
        self.fused = nn.Conv2d(in_channels, sum(self.widths), 1)
        self.conv3 = nn.Conv2d(ch3x3red, ch3x3, 3, padding=1)
        self.conv5 = nn.Conv2d(ch5x5red, ch5x5, 5, padding=2)
        self.project = nn.Conv2d(in_channels, pool_proj, 1)

    def forward(self, x):
        y = F.relu(self.fused(x))
        one, three, five = (y[:, :width] for width in self.widths)
        three, five = F.relu(self.conv3(three)), F.relu(self.conv5(five))
        pool = F.relu(self.project(F.max_pool2d(x, 3, stride=1, padding=1)))
        return torch.cat([one, three, five, pool], dim=1)
