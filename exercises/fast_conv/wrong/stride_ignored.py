"""Stride ignored

You never use `stride`: the window should move by that many pixels, and the output becomes smaller.
"""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = H + 2 * padding - Fh + 1
    W_out = W + 2 * padding - Fw + 1
    x = F.pad(x, (padding, padding, padding, padding))
    patches = x.unfold(2, Fh, 1).unfold(3, Fw, 1)  # (N, C, H_out, W_out, Fh, Fw)
    patches = patches.permute(0, 2, 3, 1, 4, 5).reshape(N, H_out * W_out, C * Fh * Fw)
    y = patches @ weight.reshape(C_out, -1).t()
    if bias is not None:
        y = y + bias
    return y.transpose(1, 2).reshape(N, C_out, H_out, W_out)
