"""Batch normalisation for feature maps."""

import numpy as np


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


if __name__ == "__main__":  # the statement's example: python my_batchnorm.py; the grader does not run it
    norm = BatchNorm2D(1, eps=4)
    print(norm.forward(np.array([[[[1.0, 3.0]]], [[[5.0, 7.0]]]])).ravel())  # [-1, -0.333333, 0.333333, 1]
    print(norm.running_mean, norm.running_var)
    print(norm.backward(np.array([[[[1.0, 0.0]]], [[[0.0, 0.0]]]])).ravel())  # [0.166667, -0.111111, -0.055556, 0]
    print(norm.dgamma)  # [-1]
