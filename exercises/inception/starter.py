"""The Inception module of GoogLeNet. Fill in the class."""

from torch import nn


class Inception(nn.Module):
    """Four branches on the same input, concatenated on the channels."""

    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        raise NotImplementedError

    def forward(self, x):
        """x (N, C_in, H, W) -> (N, ch1x1 + ch3x3 + ch5x5 + pool_proj, H, W)."""
        raise NotImplementedError
