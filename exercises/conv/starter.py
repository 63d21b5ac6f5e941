"""Convolution from scratch: fill in both functions."""

import numpy as np


def conv2d(X, K, stride=1, padding=0):
    """Slide one kernel over one image, without flipping the kernel.

    X: image (H, W), any real dtype; K: kernel (Fh, Fw).
    stride: step of the window; padding: zeros added on each of the four sides.
    Returns a floating-point array (H_out, W_out) with H_out = floor((H - Fh + 2*padding) / stride) + 1.
    """
    raise NotImplementedError


def conv2d_multichannel(X, K, b, stride=1, padding=0):
    """Apply C_out filters to an image with C_in channels.

    X: image (C_in, H, W); K: filters (C_out, C_in, Fh, Fw); b: one bias per filter (C_out,).
    Returns a floating-point array (C_out, H_out, W_out).
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_conv.py; the grader does not run it
    X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
    K = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
    print(conv2d(X, K))  # [[-2, -2], [2, -4]]
    print(conv2d(X, K, stride=2, padding=1))  # [[-3, 0], [-2, -4]]
    two, filters = np.stack([X, X]), np.stack([[K, K]])
    print(conv2d_multichannel(two, filters, np.array([0.5])))  # [[[-3.5, -3.5], [4.5, -7.5]]]
