"""The Inception module of GoogLeNet. Fill in the class."""

import torch
from torch import nn


class Inception(nn.Module):
    """Four branches on the same input, concatenated on the channels."""

    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, ch1x1 + ch3x3 + ch5x5 + pool_proj, H, W)."""
        raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_inception.py; the grader does not run it
    module = Inception(192, 64, 96, 128, 16, 32, 32)
    print(list(module(torch.randn(2, 192, 28, 28)).shape))  # [2, 256, 28, 28]
    print(sum(p.numel() for p in module.parameters()))  # 163696
