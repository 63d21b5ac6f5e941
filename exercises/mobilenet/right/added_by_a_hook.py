"""The input is added by a forward hook: whoever calls the module has it called."""

from torch import nn


def add_input(_module, inputs, output):
    return output + inputs[0]


class InvertedResidual(nn.Sequential):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        wide = in_channels * expand_ratio
        super().__init__()
        if expand_ratio != 1:
            self.widen(nn.Conv2d(in_channels, wide, 1, bias=False))
        self.widen(nn.Conv2d(wide, wide, 3, stride, padding=1, groups=wide, bias=False))
        self.append(nn.Conv2d(wide, out_channels, 1, bias=False))
        self.append(nn.BatchNorm2d(out_channels))
        if stride == 1 and in_channels == out_channels:
            self.register_forward_hook(add_input)

    def widen(self, conv):
        self.extend([conv, nn.BatchNorm2d(conv.out_channels), nn.ReLU6()])
