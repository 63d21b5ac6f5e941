"""Residual blocks and ResNet-18. Fill in the classes; delete none of the names."""

import torch
from torch import nn


class BasicBlock(nn.Module):
    """Two 3×3 convolutions and a shortcut, ReLU after the addition."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, C_out, H_out, W_out) with H_out = ceil(H / stride)."""
        raise NotImplementedError


class Bottleneck(nn.Module):
    """1×1, 3×3 (with the stride), 1×1 to 4 * mid_channels, and a shortcut, ReLU after the addition."""

    def __init__(self, in_channels, mid_channels, stride=1):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, 4 * C_mid, H_out, W_out)."""
        raise NotImplementedError


class PreActBlock(nn.Module):
    """Batch norm and ReLU before each 3×3 convolution, and a shortcut; nothing after the addition."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, C_out, H_out, W_out)."""
        raise NotImplementedError


class ResNet18(nn.Module):
    """Stem, four stages of two BasicBlocks, global average pooling, linear classifier."""

    def __init__(self, num_classes=10):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, 3, 32, 32) -> logits (N, num_classes)."""
        raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_resnet.py; the grader does not run it
    block, net = BasicBlock(64, 128, stride=2), ResNet18()
    print(list(block(torch.randn(2, 64, 32, 32)).shape))  # [2, 128, 16, 16]
    print(sum(p.numel() for p in block.parameters()))  # 230144
    print(list(net(torch.randn(2, 3, 32, 32)).shape))  # [2, 10]
    print(sum(p.numel() for p in net.parameters()))  # 11173962
