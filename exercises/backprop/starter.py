"""Layers with forward and backward. Images are (N, C, H, W); dout has the shape of what forward returned."""

import numpy as np


class Conv2D:
    """Convolution (no flip) with zero padding on all sides."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        """Set W (out_channels, in_channels, kernel_size, kernel_size) and b (out_channels values)."""
        raise NotImplementedError

    def forward(self, X):
        """X (N, C_in, H, W) -> (N, C_out, H_out, W_out)."""
        raise NotImplementedError

    def backward(self, dout):
        """dout (N, C_out, H_out, W_out) -> gradient of X (N, C_in, H, W). Sets dW and db, shaped like W and b."""
        raise NotImplementedError


class MaxPool2D:
    """Maximum of each window; windows that do not fit are dropped."""

    def __init__(self, pool_size=2, stride=2):
        raise NotImplementedError

    def forward(self, X):
        """X (N, C, H, W) -> (N, C, H_out, W_out)."""
        raise NotImplementedError

    def backward(self, dout):
        """dout (N, C, H_out, W_out) -> gradient of X (N, C, H, W)."""
        raise NotImplementedError


class ReLU:
    """max(0, X)."""

    def forward(self, X):
        """X of any shape -> the same shape."""
        raise NotImplementedError

    def backward(self, dout):
        """dout of that shape -> gradient of X."""
        raise NotImplementedError


class Flatten:
    """One row for each image."""

    def forward(self, X):
        """X (N, C, H, W) -> (N, C * H * W)."""
        raise NotImplementedError

    def backward(self, dout):
        """dout (N, C * H * W) -> gradient of X (N, C, H, W)."""
        raise NotImplementedError


class Dense:
    """Y = X W + b."""

    def __init__(self, in_features, out_features):
        """Set W (in_features, out_features) and b (out_features values)."""
        raise NotImplementedError

    def forward(self, X):
        """X (N, in) -> (N, out)."""
        raise NotImplementedError

    def backward(self, dout):
        """dout (N, out) -> gradient of X (N, in). Sets dW and db, shaped like W and b."""
        raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_backprop.py; the grader does not run it
    conv, dout = Conv2D(1, 1, 2), np.array([[[[1, 10]]]])
    conv.W, conv.b = np.array([[[[1, 0], [0, 2]]]]), np.array([1])
    print(conv.forward(np.array([[[[1, 2, 3], [4, 5, 6]]]])))  # [[[[12, 15]]]]
    print(conv.backward(dout))  # [[[[1, 10, 0], [0, 2, 20]]]]
    print(conv.dW)  # [[[[21, 32], [54, 65]]]]
    pool = MaxPool2D(2, 1)
    print(pool.forward(np.array([[[[1, 9, 2], [3, 4, 5]]]])))  # [[[[9, 9]]]]
    print(pool.backward(dout))  # [[[[0, 11, 0], [0, 0, 0]]]]
