"""Made on the CPU, wherever x is

`torch.zeros(...)` is on the CPU unless you say otherwise, and numbers taken out of a tensor are there, too. If x is on a
GPU, the two do not go together. Make new tensors on the device of x.
"""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = (H + 2 * padding - Fh) // stride + 1
    W_out = (W + 2 * padding - Fw) // stride + 1
    x = F.pad(x, (padding, padding, padding, padding))
    out = torch.zeros(N, C_out, H_out, W_out, dtype=x.dtype)
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i * stride:i * stride + Fh, j * stride:j * stride + Fw]
            out[:, :, i, j] = torch.einsum("ncab,ocab->no", window, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out
