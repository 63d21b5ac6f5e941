from collections import OrderedDict

from torch import nn


class InvertedResidual(nn.Module):
    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        if stride not in (1, 2):
            raise ValueError("stride must be 1 or 2")
        widths = [in_channels, in_channels * expand_ratio, in_channels * expand_ratio, out_channels]
        settings = [
            ("expansion", dict(kernel_size=1)),
            ("spatial", dict(kernel_size=3, stride=stride, padding=1, groups=widths[1])),
            ("reduction", dict(kernel_size=1)),
        ]
        stages = OrderedDict()
        for (name, options), c, d in zip(settings, widths, widths[1:]):
            if name == "expansion" and c == d:
                continue
            parts = [nn.Conv2d(c, d, bias=False, **options), nn.BatchNorm2d(d)]
            if name != "reduction":
                parts.append(nn.ReLU6())
            stages[name] = nn.Sequential(*parts)
        self.stages = nn.Sequential(stages)
        self.shortcut = nn.Identity() if stride == 1 and in_channels == out_channels else None

    def forward(self, x):
        out = self.stages(x)
        return out if self.shortcut is None else out + self.shortcut(x)
