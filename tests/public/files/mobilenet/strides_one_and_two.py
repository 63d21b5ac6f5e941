"""The block as the public implementations have it: a stride other than 1 and 2 is refused.

Source: the style of torchvision's mobilenetv2.py and of tonylins/pytorch-mobilenet-v2.
Expect: full marks
"""
from torch import nn


class InvertedResidual(nn.Module):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        assert stride in [1, 2]
        hidden = in_channels * expand_ratio
        layers = []
        if expand_ratio != 1:
            layers += [nn.Conv2d(in_channels, hidden, 1, bias=False), nn.BatchNorm2d(hidden), nn.ReLU6()]
        layers += [nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden, bias=False), nn.BatchNorm2d(hidden)]
        layers += [nn.ReLU6(), nn.Conv2d(hidden, out_channels, 1, bias=False), nn.BatchNorm2d(out_channels)]
        self.conv, self.use_res_connect = nn.Sequential(*layers), stride == 1 and in_channels == out_channels

    def forward(self, x):
        return x + self.conv(x) if self.use_res_connect else self.conv(x)
