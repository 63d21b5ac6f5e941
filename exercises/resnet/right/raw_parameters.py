import torch
import torch.nn as nn
import torch.nn.functional as F


def make_kernel(out_channels, in_channels, k):
    shape = (out_channels, in_channels, k, k) if k > 1 else (out_channels, in_channels)
    return nn.Parameter(torch.randn(shape) * (2 / (in_channels * k * k)) ** 0.5)


def pixelwise(x, w, stride=1):
    """A 1x1 convolution: a matrix for every pixel that is kept."""
    return torch.einsum("oc,nchw->nohw", w, x[:, :, ::stride, ::stride])


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
            skip = self.norm_s(pixelwise(x, self.w_s, self.s))
        h = self.norm_a(F.conv2d(x, self.w_a, stride=self.s, padding=1)).clamp(min=0)
        h = self.norm_b(F.conv2d(h, self.w_b, padding=1))
        return torch.relu(skip + h)


class Bottleneck(nn.Module):
    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__()
        self.s = stride
        wide = 4 * mid_channels
        self.up, self.norm_up = make_kernel(wide, mid_channels, 1), nn.BatchNorm2d(wide)
        self.mid, self.norm_mid = make_kernel(mid_channels, mid_channels, 3), nn.BatchNorm2d(mid_channels)
        self.down, self.norm_down = make_kernel(mid_channels, in_channels, 1), nn.BatchNorm2d(mid_channels)
        self.project = None
        if stride > 1 or in_channels != wide:
            self.project, self.norm_project = make_kernel(wide, in_channels, 1), nn.BatchNorm2d(wide)

    def forward(self, x):
        h = self.norm_down(pixelwise(x, self.down)).relu()
        h = self.norm_mid(F.conv2d(h, self.mid, stride=self.s, padding=1)).relu()
        h = self.norm_up(pixelwise(h, self.up))
        if self.project is not None:
            x = self.norm_project(pixelwise(x, self.project, self.s))
        return (h + x).relu()


class PreActBlock(nn.Module):
    """The projection works on the input as it is."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.s = stride
        self.w2 = make_kernel(out_channels, out_channels, 3)
        self.w1 = make_kernel(out_channels, in_channels, 3)
        self.n2 = nn.BatchNorm2d(out_channels)
        self.n1 = nn.BatchNorm2d(in_channels)
        changes = stride != 1 or in_channels != out_channels
        self.w0 = make_kernel(out_channels, in_channels, 1) if changes else None

    def forward(self, x):
        skip = x if self.w0 is None else pixelwise(x, self.w0, self.s)
        h = F.conv2d(F.relu(self.n1(x)), self.w1, stride=self.s, padding=1)
        h = F.conv2d(F.relu(self.n2(h)), self.w2, padding=1)
        return skip + h


class ResNet18(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.w_out = nn.Parameter(torch.randn(num_classes, 512) / 512**0.5)
        self.b_out = nn.Parameter(torch.zeros(num_classes))
        self.w_in = make_kernel(64, 3, 3)
        self.norm_in = nn.BatchNorm2d(64)
        blocks, c_in = [], 64
        for i, c_out in enumerate([64, 128, 256, 512]):
            blocks += [BasicBlock(c_in, c_out, 1 if i == 0 else 2), BasicBlock(c_out, c_out)]
            c_in = c_out
        self.blocks = nn.ModuleList(blocks)

    def forward(self, x):
        h = F.relu(self.norm_in(F.conv2d(x, self.w_in, padding=1)))
        for block in self.blocks:
            h = block(h)
        h = h.flatten(2).mean(-1)
        return h @ self.w_out.T + self.b_out
