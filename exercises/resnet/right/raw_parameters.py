import torch
import torch.nn as nn
import torch.nn.functional as F


def make_kernel(out_channels, in_channels, k):
    w = torch.empty(out_channels, in_channels, k, k)
    nn.init.kaiming_normal_(w, mode="fan_out", nonlinearity="relu")
    return nn.Parameter(w)


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.s = stride
        self.needs_projection = stride > 1 or in_channels != out_channels
        self.norm_b = nn.BatchNorm2d(out_channels)
        self.norm_a = nn.BatchNorm2d(out_channels)
        self.w_b = make_kernel(out_channels, out_channels, 3)
        self.w_a = make_kernel(out_channels, in_channels, 3)
        if self.needs_projection:
            self.norm_s = nn.BatchNorm2d(out_channels)
            self.w_s = make_kernel(out_channels, in_channels, 1)

    def forward(self, x):
        skip = x
        if self.needs_projection:
            skip = self.norm_s(F.conv2d(x, self.w_s, stride=self.s))
        h = self.norm_a(F.conv2d(x, self.w_a, stride=self.s, padding=1)).clamp(min=0)
        h = self.norm_b(F.conv2d(h, self.w_b, padding=1))
        return torch.relu(skip + h)
