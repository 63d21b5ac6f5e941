from collections import OrderedDict
from functools import partial

from torch import nn

conv = partial(nn.Conv2d, bias=False)


def conv_bn(c_in, c_out, k, s=1):
    return nn.Sequential(conv(c_in, c_out, k, s, k // 2), nn.BatchNorm2d(c_out))


class Residual(nn.Module):
    """body(x) + skip(x), then `act`."""

    def __init__(self, body, skip, act):
        super().__init__()
        self.act, self.skip, self.body = act, skip, body

    def forward(self, x):
        return self.act(self.body(x) + self.skip(x))


def skip(c_in, c_out, stride):
    return nn.Identity() if (c_in, stride) == (c_out, 1) else conv_bn(c_in, c_out, 1, stride)


class BasicBlock(Residual):
    def __init__(self, in_channels, out_channels, stride=1):
        body = nn.Sequential(
            conv_bn(in_channels, out_channels, 3, stride),
            nn.ReLU(),
            conv_bn(out_channels, out_channels, 3),
        )
        super().__init__(body, skip(in_channels, out_channels, stride), nn.ReLU())


class Bottleneck(Residual):
    def __init__(self, in_channels, mid_channels, stride=1):
        body = nn.Sequential(
            OrderedDict(
                down=conv_bn(in_channels, mid_channels, 1),
                relu1=nn.ReLU(),
                conv=conv_bn(mid_channels, mid_channels, 3, stride),
                relu2=nn.ReLU(),
                up=conv_bn(mid_channels, 4 * mid_channels, 1),
            )
        )
        super().__init__(body, skip(in_channels, 4 * mid_channels, stride), nn.ReLU())


class PreActBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.pre = nn.Sequential(nn.BatchNorm2d(in_channels), nn.ReLU(inplace=True))
        self.body = nn.Sequential(
            conv(in_channels, out_channels, 3, stride, 1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
            conv(out_channels, out_channels, 3, 1, 1),
        )
        self.changes = stride != 1 or in_channels != out_channels
        self.project = conv(in_channels, out_channels, 1, stride) if self.changes else nn.Identity()

    def forward(self, x):
        activated = self.pre(x)
        return self.project(activated if self.changes else x) + self.body(activated)


class ResNet18(nn.Sequential):
    def __init__(self, num_classes=10):
        widths = [64, 64, 128, 256, 512]
        stages = []
        for number, (c_in, c_out) in enumerate(zip(widths, widths[1:])):
            stages.append(nn.Sequential(BasicBlock(c_in, c_out, 1 + (number > 0)), BasicBlock(c_out, c_out)))
        super().__init__(
            conv_bn(3, 64, 3),
            nn.ReLU(inplace=True),
            *stages,
            nn.AvgPool2d(4),
            nn.Flatten(),
            nn.Linear(512, num_classes),
        )
