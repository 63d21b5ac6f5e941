import torch
import torch.nn as nn


def downsample(c_in, c_out, stride):
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, kernel_size=1, stride=stride, bias=False),
        nn.BatchNorm2d(c_out),
    )


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, in_channels, out_channels, stride=1):
        super(BasicBlock, self).__init__()
        self.downsample = None
        if stride != 1 or in_channels != out_channels:
            self.downsample = downsample(in_channels, out_channels, stride)
        self.relu = nn.ReLU(inplace=True)
        self.norms = nn.ModuleList([nn.BatchNorm2d(out_channels) for _ in range(2)])
        self.second = nn.Conv2d(out_channels, out_channels, 3, 1, 1, bias=False)
        self.first = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)

    def forward(self, x):
        identity = self.downsample(x) if self.downsample is not None else x
        out = self.relu(self.norms[0](self.first(x)))
        out = self.norms[1](self.second(out))
        out += identity
        return self.relu(out)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, in_channels, mid_channels, stride=1):
        super(Bottleneck, self).__init__()
        width = mid_channels * self.expansion
        self.downsample = None
        if stride != 1 or in_channels != width:
            self.downsample = downsample(in_channels, width, stride)
        self.bn_c = nn.BatchNorm2d(width)
        self.bn_b = nn.BatchNorm2d(mid_channels)
        self.bn_a = nn.BatchNorm2d(mid_channels)
        self.expand = nn.Conv2d(mid_channels, width, 1, bias=False)
        self.spatial = nn.Conv2d(mid_channels, mid_channels, 3, stride, 1, bias=False)
        self.reduce = nn.Conv2d(in_channels, mid_channels, 1, bias=False)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.relu(self.bn_a(self.reduce(x)))
        out = self.relu(self.bn_b(self.spatial(out)))
        out = self.bn_c(self.expand(out))
        out += identity
        return self.relu(out)


class PreActBlock(nn.Module):
    """The projection works on the activated input."""

    def __init__(self, in_channels, out_channels, stride=1):
        super(PreActBlock, self).__init__()
        if stride != 1 or in_channels != out_channels:
            self.skip = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride=stride, bias=False))
        self.conv_b = nn.Conv2d(out_channels, out_channels, 3, stride=1, padding=1, bias=False)
        self.conv_a = nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
        self.norm_b = nn.BatchNorm2d(out_channels)
        self.norm_a = nn.BatchNorm2d(in_channels)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        out = self.relu(self.norm_a(x))
        shortcut = self.skip(out) if hasattr(self, "skip") else x
        out = self.conv_a(out)
        out = self.conv_b(self.relu(self.norm_b(out)))
        out += shortcut
        return out


class ResNet18(nn.Module):
    def __init__(self, num_classes=10):
        super(ResNet18, self).__init__()
        self.in_planes = 64
        self.classifier = nn.Linear(512, num_classes)
        self.stage1 = self._make_layer(64, 2, 1)
        self.stage2 = self._make_layer(128, 2, 2)
        self.stage3 = self._make_layer(256, 2, 2)
        self.stage4 = self._make_layer(512, 2, 2)
        self.bn = nn.BatchNorm2d(64)
        self.stem = nn.Conv2d(3, 64, kernel_size=3, stride=1, padding=1, bias=False)
        self.relu = nn.ReLU(inplace=True)
        self.pool = nn.AdaptiveAvgPool2d(1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(module, BasicBlock):
                nn.init.zeros_(module.norms[1].weight)

    def _make_layer(self, planes, blocks, stride):
        layers = []
        for s in [stride] + [1] * (blocks - 1):
            layers.append(BasicBlock(self.in_planes, planes, s))
            self.in_planes = planes * BasicBlock.expansion
        return nn.Sequential(*layers)

    def forward(self, x):
        out = self.relu(self.bn(self.stem(x)))
        for stage in (self.stage1, self.stage2, self.stage3, self.stage4):
            out = stage(out)
        return self.classifier(torch.flatten(self.pool(out), 1))
