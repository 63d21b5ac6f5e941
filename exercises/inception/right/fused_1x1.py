"""The four 1x1 convolutions share one weight and one bias: three run at once, the projection takes the last rows."""
import torch
from torch import nn
from torch.nn import functional as F


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        n = ch1x1 + ch3x3red + ch5x5red
        self.n, self.parts = n, (ch1x1, ch3x3red, ch5x5red)
        self.point = nn.Conv2d(in_channels, n + pool_proj, 1)
        self.three = nn.Conv2d(ch3x3red, ch3x3, 3, 1, 1)
        self.five = nn.Conv2d(ch5x5red, ch5x5, 5, 1, 2)

    def forward(self, x):
        w, b = self.point.weight, self.point.bias
        one, three, five = F.relu(F.conv2d(x, w[: self.n], b[: self.n])).split(self.parts, 1)
        pool = F.relu(F.conv2d(F.max_pool2d(x, 3, 1, 1), w[self.n :], b[self.n :]))
        return torch.cat([one, F.relu(self.three(three)), F.relu(self.five(five)), pool], 1)
