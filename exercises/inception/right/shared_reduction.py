"""The 1x1 convolutions that read the input directly are run one by one in a dictionary."""
import torch
import torch.nn as nn


class ConvReLU(nn.Conv2d):
    def forward(self, x):
        return super().forward(x).clamp(min=0)


class Inception(nn.Module):
    def __init__(self, in_channels: int, ch1x1: int, ch3x3red: int, ch3x3: int, ch5x5red: int, ch5x5: int, pool_proj: int):
        super().__init__()
        widths = {"a": ch1x1, "b": ch3x3red, "c": ch5x5red, "d": pool_proj}
        self.first = nn.ModuleDict({k: ConvReLU(in_channels, c, 1) for k, c in reversed(widths.items())})
        self.second = nn.ModuleDict({"c": ConvReLU(ch5x5red, ch5x5, 5, padding=2), "b": ConvReLU(ch3x3red, ch3x3, 3, padding=1)})

    def forward(self, x):
        pooled = nn.functional.max_pool2d(x, (3, 3), (1, 1), (1, 1))
        maps = {k: conv(pooled if k == "d" else x) for k, conv in self.first.items()}
        maps |= {k: conv(maps[k]) for k, conv in self.second.items()}
        return torch.cat([maps[k] for k in "abcd"], dim=1)
