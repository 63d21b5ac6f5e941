"""Each k x k kernel as k*k matrices, one for each shift of the image."""
import torch
from torch import nn
from torch.nn import functional as F


class Taps(nn.Module):
    def __init__(self, i, o, k):
        super().__init__()
        self.k = k
        self.taps = nn.ParameterList([nn.Parameter(torch.randn(o, i) * 0.1) for _ in range(k * k)])
        self.bias = nn.Parameter(torch.zeros(o, 1, 1))

    def forward(self, x):
        p, (h, w) = self.k // 2, x.shape[2:]
        z = F.pad(x, (p, p, p, p))
        y = 0
        for t, m in enumerate(self.taps):
            a, b = divmod(t, self.k)
            y = y + torch.einsum("oi,nihw->nohw", m, z[:, :, a : a + h, b : b + w])
        return F.relu(y + self.bias)


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.a = Taps(in_channels, ch1x1, 1)
        self.b = nn.Sequential(Taps(in_channels, ch3x3red, 1), Taps(ch3x3red, ch3x3, 3))
        self.c = nn.Sequential(Taps(in_channels, ch5x5red, 1), Taps(ch5x5red, ch5x5, 5))
        self.d = nn.Sequential(nn.MaxPool2d(3, 1, 1), Taps(in_channels, pool_proj, 1))

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x), self.c(x), self.d(x)], 1)
