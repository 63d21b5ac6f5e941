from torch import nn
import torch
class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.skip = None
        if stride != 1 or in_channels != out_channels:
            self.skip = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride, bias=False), nn.BatchNorm2d(out_channels))
        self.b = nn.ModuleList([nn.BatchNorm2d(out_channels), nn.BatchNorm2d(out_channels)])
        self.c = nn.ModuleList([nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False), nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)])
    def forward(self, x):
        s = x if self.skip is None else self.skip(x)
        y = torch.relu(self.b[1](self.c[1](x)))
        return torch.relu(s + self.b[0](self.c[0](y)))
