"""A 1×1 kernel takes every pixel

A 1×1 kernel mixes the channels of single pixels, but only of those that the stride comes to. A short cut for 1×1
kernels has to heed the stride, too.
"""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    C_out, _, Fh, Fw = weight.shape
    H_out = (H + 2 * padding - Fh) // stride + 1
    W_out = (W + 2 * padding - Fw) // stride + 1
    x = F.pad(x, (padding, padding, padding, padding))
    if Fh == Fw == 1:
        y = torch.einsum("nchw,oc->nohw", x, weight[:, :, 0, 0])
        return y if bias is None else y + bias.view(1, -1, 1, 1)
    out = torch.zeros(N, C_out, H_out, W_out, dtype=x.dtype, device=x.device)
    for i in range(H_out):
        for j in range(W_out):
            window = x[:, :, i * stride:i * stride + Fh, j * stride:j * stride + Fw]
            out[:, :, i, j] = torch.einsum("ncab,ocab->no", window, weight)
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out
