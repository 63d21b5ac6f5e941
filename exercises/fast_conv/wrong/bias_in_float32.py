"""Bias in float32

You convert the bias with `.float()`. Beside float64 images its last digits are missing in the sum. Add it as it is.
"""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = (H + 2 * padding - Fh) // stride + 1
    W_out = (W + 2 * padding - Fw) // stride + 1
    x = F.pad(x, (padding, padding, padding, padding))
    patches = x.unfold(2, Fh, stride).unfold(3, Fw, stride)  # (N, C, H_out, W_out, Fh, Fw)
    patches = patches.permute(0, 2, 3, 1, 4, 5).reshape(N, H_out * W_out, C * Fh * Fw)
    y = patches @ weight.reshape(C_out, -1).t()
    if bias is not None:
        y = y + bias.float()
    return y.transpose(1, 2).reshape(N, C_out, H_out, W_out)
