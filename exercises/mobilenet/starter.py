"""MobileNetV2's inverted residual block. Fill in the class."""

from torch import nn


class InvertedResidual(nn.Module):
    """1×1 expansion, depthwise 3×3, linear 1×1 projection, and a shortcut where the shape stays the same."""

    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, C_out, H_out, W_out) with H_out = ceil(H / stride)."""
        raise NotImplementedError
