"""MobileNetV2's inverted residual block. Fill in the class."""

import torch
from torch import nn


class InvertedResidual(nn.Module):
    """1×1 expansion, depthwise 3×3, linear 1×1 projection, and a shortcut where the shape stays the same."""

    def __init__(self, in_channels, out_channels, stride, expand_ratio):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, C_out, H_out, W_out) with H_out = ceil(H / stride)."""
        raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_mobilenet.py; the grader does not run it
    block = InvertedResidual(24, 32, stride=2, expand_ratio=6)
    print(list(block(torch.randn(2, 24, 56, 56)).shape))  # [2, 32, 28, 28]
    print(sum(p.numel() for p in block.parameters()))  # 10000
