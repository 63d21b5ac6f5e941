"""Kernels as (3, 3, in, out)."""
import torch
from torch import nn
from torch.nn import functional as F


class Conv(nn.Module):
    def __init__(self, i, o, p):
        super().__init__()
        self.w = nn.Parameter(torch.randn(3, 3, i, o) * (2 / 9 / i) ** 0.5)
        self.b = nn.Parameter(torch.zeros(o))
        self.p = p

    def forward(self, x):
        return F.conv2d(x, self.w.permute(3, 2, 0, 1), self.b, padding=self.p)


class MNISTConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.ModuleList([Conv(1, 32, 1), Conv(32, 64, 1), Conv(64, 128, 0)])
        self.n = nn.ModuleList([nn.BatchNorm2d(o) for o in (32, 64, 128)])
        self.fc1, self.fc2 = nn.Linear(512, 128), nn.Linear(128, 10)

    def forward(self, x):
        for c, n in zip(self.c, self.n):
            x = F.max_pool2d(n(c(x)).relu(), 2)
        x = F.relu(self.fc1(x.reshape(len(x), -1)))
        return self.fc2(F.dropout(x, 0.3, self.training))
