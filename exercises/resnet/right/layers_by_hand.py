"""Convolution and batch norm as modules of its own, values per channel as (1, C, 1, 1); a partial for the name."""
from functools import partial
import torch
from torch import nn

class Bn(nn.Module):
    """Batch norm by hand."""
    def __init__(self, c):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(1, c, 1, 1)); self.beta = nn.Parameter(torch.zeros(1, c, 1, 1))
        self.register_buffer("running_mean", torch.zeros(1, c, 1, 1)); self.register_buffer("running_var", torch.ones(1, c, 1, 1))
    def forward(self, x):
        if self.training:
            m, v = x.mean((0, 2, 3), keepdim=True), x.var((0, 2, 3), keepdim=True, unbiased=False)
            n = x.numel() // x.shape[1]
            with torch.no_grad():
                self.running_mean += 0.1 * (m - self.running_mean)
                self.running_var += 0.1 * (v * n / (n - 1) - self.running_var)
        else:
            m, v = self.running_mean, self.running_var
        return (x - m) / (v + 1e-5).sqrt() * self.gamma + self.beta

class Conv(nn.Module):
    def __init__(self, i, o, k, s=1):
        super().__init__()
        self.kernel = nn.Parameter(torch.empty(o, i, k, k)); self.k, self.s = k, s
        nn.init.kaiming_normal_(self.kernel)
    def forward(self, x):
        return nn.functional.conv2d(x, self.kernel, None, self.s, self.k // 2)

class Block(nn.Module):
    def __init__(self, in_channels, width, stride=1, kinds=(3, 3), at=0, grow=1):
        super().__init__()
        chans = [in_channels] + [width] * (len(kinds) - 1) + [width * grow]
        self.convs, self.norms = nn.ModuleList(), nn.ModuleList()
        for i, k in enumerate(kinds):
            self.convs.append(Conv(chans[i], chans[i + 1], k, stride if i == at else 1))
            self.norms.append(Bn(chans[i + 1]))
        self.skip = nn.ModuleDict()
        if stride > 1 or in_channels != chans[-1]:
            self.skip["norm"] = Bn(chans[-1])
            self.skip["conv"] = Conv(in_channels, chans[-1], 1, stride)
    def forward(self, x):
        y = x
        for i, (c, n) in enumerate(zip(self.convs, self.norms)):
            y = n(c(y))
            if i + 1 < len(self.convs):
                y = torch.clamp(y, min=0)
        if "conv" in self.skip:
            x = self.skip["norm"](self.skip["conv"](x))
        return torch.maximum(x + y, torch.zeros(()))

class BasicBlock(Block):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)

class Bottleneck(Block):
    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__(in_channels, mid_channels, stride, (1, 3, 1), 1, 4)

class PreActBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.c = nn.ModuleList([Conv(in_channels, out_channels, 3, stride), Conv(out_channels, out_channels, 3)])
        self.n = nn.ModuleList([Bn(in_channels), Bn(out_channels)])
        self.p = Conv(in_channels, out_channels, 1, stride) if stride > 1 or in_channels != out_channels else nn.Identity()
    def forward(self, x):
        y = x
        for c, n in zip(self.c, self.n):
            y = c(n(y).relu())
        return self.p(x).add(y)

class Net(nn.Module):
    def __init__(self, counts, num_classes=10):
        super().__init__()
        self.head = nn.Linear(512, num_classes)
        self.layers = nn.ModuleList()
        c = 64
        for i, n in enumerate(counts):
            for j in range(n):
                o = 64 * 2 ** i
                self.layers.append(BasicBlock(c, o, 2 if i and not j else 1)); c = o
        self.bn = Bn(64); self.conv = Conv(3, 64, 3)
    def forward(self, x):
        x = self.bn(self.conv(x)).relu()
        for l in self.layers:
            x = l(x)
        return self.head(x.mean([2, 3]))

ResNet18 = partial(Net, [2, 2, 2, 2])
