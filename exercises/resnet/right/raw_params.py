from torch import nn
import torch
import torch.nn.functional as F
class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.s = stride
        self.w2 = nn.Parameter(torch.randn(out_channels, out_channels,3,3))
        self.w1 = nn.Parameter(torch.randn(out_channels, in_channels,3,3))
        self.n2 = nn.BatchNorm2d(out_channels)
        self.n1 = nn.BatchNorm2d(out_channels)
        self.proj = stride != 1 or in_channels != out_channels
        if self.proj:
            self.ws = nn.Parameter(torch.randn(out_channels, in_channels,1,1))
            self.ns = nn.BatchNorm2d(out_channels)
    def forward(self, x):
        s = x
        if self.proj: s = self.ns(F.conv2d(x, self.ws, stride=self.s))
        y = torch.relu(self.n1(F.conv2d(x, self.w1, stride=self.s, padding=1)))
        return torch.relu(s + self.n2(F.conv2d(y, self.w2, padding=1)))
