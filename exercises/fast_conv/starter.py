"""Fast convolution in PyTorch. Fill in the function."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """Convolution without torch's own convolutions; autograd has to go through it.

    x (N, C, H, W), weight (C_out, C, Fh, Fw), bias (C_out,) or None → tensor (N, C_out, H_out, W_out).
    """
    raise NotImplementedError


if __name__ == "__main__":  # the statement's example: python my_fast_conv.py; the grader does not run it
    x = torch.tensor([[[[1.0, 2.0, 0.0], [0.0, 1.0, 3.0], [2.0, 1.0, 1.0]]]])
    weight, bias = torch.tensor([[[[1.0, 0.0], [0.0, -1.0]]]]), torch.tensor([0.5])
    print(conv2d(x, weight, bias))  # [[[[0.5, -0.5], [-0.5, 0.5]]]]
    print(conv2d(x, weight, bias, stride=2, padding=1))  # [[[[-0.5, 0.5], [-1.5, 0.5]]]]
