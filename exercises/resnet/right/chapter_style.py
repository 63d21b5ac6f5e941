"""Written as in a tutorial: same names as usual, lists of blocks, one return per case."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, (3, 3), stride=(stride, stride), padding=(1, 1), bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, (3, 3), padding="same", bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.shortcut = nn.ModuleList()
        if stride != 1 or in_channels != out_channels:
            self.shortcut.append(nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False))
            self.shortcut.append(nn.BatchNorm2d(out_channels))

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        for layer in self.shortcut:
            x = layer(x)
        return F.relu(torch.add(out, x))


class Bottleneck(nn.Module):
    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__()
        out_channels = mid_channels * 4
        self.convs = nn.ModuleDict({
            "c3": nn.Conv2d(mid_channels, out_channels, 1, bias=False),
            "c1": nn.Conv2d(in_channels, mid_channels, 1, bias=False),
            "c2": nn.Conv2d(mid_channels, mid_channels, 3, stride, 1, bias=False),
        })
        self.bns = nn.ModuleDict({
            "b3": nn.BatchNorm2d(out_channels),
            "b1": nn.BatchNorm2d(mid_channels),
            "b2": nn.BatchNorm2d(mid_channels),
        })
        self.proj = self.proj_bn = None
        if in_channels != out_channels or stride != 1:
            self.proj_bn = nn.BatchNorm2d(out_channels)
            self.proj = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)

    def forward(self, x):
        shortcut = x
        if self.proj is not None:
            shortcut = self.proj_bn(self.proj(x))
        for i in (1, 2, 3):
            x = self.bns[f"b{i}"](self.convs[f"c{i}"](x))
            if i < 3:
                x = F.relu(x)
        return F.relu(shortcut + x)


class PreActBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(in_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False)
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, stride, bias=False)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):
        out = self.conv1(F.relu(self.bn1(x), inplace=True))
        out = self.conv2(F.relu(self.bn2(out), inplace=True))
        return out + self.shortcut(x)


class ResNet18(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.linear = nn.Linear(512, num_classes)
        self.block8, self.block7 = BasicBlock(512, 512), BasicBlock(256, 512, stride=2)
        self.block6, self.block5 = BasicBlock(256, 256), BasicBlock(128, 256, stride=2)
        self.block4, self.block3 = BasicBlock(128, 128), BasicBlock(64, 128, stride=2)
        self.block2, self.block1 = BasicBlock(64, 64), BasicBlock(64, 64)
        self.bn1 = nn.BatchNorm2d(64)
        self.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        for i in range(1, 9):
            out = getattr(self, f"block{i}")(out)
        out = F.avg_pool2d(out, out.shape[-1])
        out = out.view(out.size(0), -1)
        return self.linear(out)
