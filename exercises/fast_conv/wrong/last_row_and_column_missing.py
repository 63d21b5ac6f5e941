"""Loops end one early

The last row and column of your result stay zero. `range(n)` already stops before n, so do not take 1 off.
"""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = (H + 2 * padding - Fh) // stride + 1
    W_out = (W + 2 * padding - Fw) // stride + 1
    x = F.pad(x, (padding, padding, padding, padding))
    out = torch.zeros(N, C_out, H_out, W_out, dtype=x.dtype, device=x.device)
    for i in range(H_out - 1):
        for j in range(W_out - 1):
            window = x[:, :, i * stride:i * stride + Fh, j * stride:j * stride + Fw]
            out[:, :, i, j] = torch.einsum("ncab,ocab->no", window, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out
