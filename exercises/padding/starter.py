"""Output size and padding: fill in both functions."""

import numpy as np


def output_size(W, F, P=0, S=1):
    """How many positions a window has along one axis.

    W: size of the image; F: size of the kernel; P: zeros at either end; S: stride. All ints.
    Returns an int.
    """
    raise NotImplementedError


def pad2d(X, F, mode):
    """Surround an image with zeros.

    X: image (H, W), any real dtype; F: size of the (square) kernel that will slide over it.
    mode: "valid" (P = 0), "same" (P = F // 2, F odd) or "full" (P = F - 1); anything else raises ValueError.
    Returns a floating-point array (H + 2P, W + 2P).
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_padding.py; the grader does not run it
    print(output_size(32, 5))  # 28
    print(output_size(64, 5, P=1, S=2))  # 31
    print(output_size(224, 7, P=3, S=2))  # 112
    print(pad2d(np.array([[1, 2], [3, 4]]), 3, "same"))  # [[0, 0, 0, 0], [0, 1, 2, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
