"""Batch normalisation for feature maps."""

import numpy as np  # noqa: F401


class BatchNorm2D:
    """Normalises each channel, then scales it by gamma and shifts it by beta."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        """Set gamma (ones), beta (zeros), running_mean (zeros) and running_var (ones), one number a channel."""
        raise NotImplementedError

    def forward(self, X, training=True):
        """X (N, C, H, W) -> (N, C, H, W).

        In training: the batch's own statistics, and the running ones move. Otherwise: the running statistics.
        """
        raise NotImplementedError

    def backward(self, dout):
        """dout (N, C, H, W) -> gradient of X (N, C, H, W). Sets dgamma and dbeta, each of shape (C,)."""
        raise NotImplementedError
