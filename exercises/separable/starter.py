"""Depthwise separable convolution. Fill in the three functions."""

import numpy as np


def depthwise_conv2d(X, K, stride=1, padding=0):
    """Every channel with a kernel of its own; channels are not mixed.

    X (C, H, W), K (C, Fh, Fw) → (C, H_out, W_out), floating point.
    """
    raise NotImplementedError


def pointwise_conv2d(X, W, b):
    """A 1×1 convolution: every output channel is a weighted sum of the input channels, plus its bias.

    X (C, H, W), W (C_out, C), b (C_out,) → (C_out, H, W), floating point.
    """
    raise NotImplementedError


def separable_params(C_in, C_out, F, bias=False):
    """Parameters of both stages together: weights, and with bias=True one bias per channel of each stage.

    Four numbers → int.
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_separable.py; the grader does not run it
    X = np.array([[[1, 2, 0], [0, 1, 3], [2, 1, 1]], [[0, 1, 1], [2, 0, 1], [1, 1, 0]]])
    Y = depthwise_conv2d(X, np.array([[[1, 0], [0, -1]], [[0, 1], [1, 0]]]))
    print(Y)  # [[[0, -1], [-1, 0]], [[3, 1], [1, 2]]]
    print(pointwise_conv2d(Y, np.array([[1, 2], [-1, 1]]), np.array([0, 1])))  # [[[6, 1], [1, 4]], [[4, 3], [3, 3]]]
    print(separable_params(64, 128, 3))  # 8768
