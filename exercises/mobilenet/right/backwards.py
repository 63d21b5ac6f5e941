"""Layers created from the last to the first; activations by clamp."""
from torch import nn


def act(x):
    return x.clamp(0, 6)


class InvertedResidual(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int, expand_ratio: int):
        super().__init__()
        t = expand_ratio * in_channels
        self.norms = nn.ModuleDict({
            "out": nn.BatchNorm2d(out_channels),
            "mid": nn.BatchNorm2d(t),
        })
        self.narrow = nn.Conv2d(t, out_channels, kernel_size=1, bias=False)
        self.filter = nn.Conv2d(t, t, kernel_size=3, stride=stride, padding=1, groups=t, bias=False)
        if expand_ratio > 1:
            self.norms["in"] = nn.BatchNorm2d(t)
            self.widen = nn.Conv2d(in_channels, t, kernel_size=1, bias=False)
        self.add = (in_channels, stride) == (out_channels, 1)

    def forward(self, x):
        y = act(self.norms["in"](self.widen(x))) if hasattr(self, "widen") else x
        y = act(self.norms["mid"](self.filter(y)))
        y = self.norms["out"](self.narrow(y))
        if self.add:
            y += x
        return y
