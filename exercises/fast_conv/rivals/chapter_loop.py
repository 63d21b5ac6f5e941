"""the chapter's loop"""

import torch
from torch.nn import functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """One output pixel after the other, all images and filters at once."""
    x = F.pad(x, [padding] * 4)
    fh, fw = weight.shape[2:]
    h_out, w_out = (x.shape[2] - fh) // stride + 1, (x.shape[3] - fw) // stride + 1
    y = x.new_zeros(len(x), len(weight), h_out, w_out)
    for i in range(h_out):
        for j in range(w_out):
            window = x[:, None, :, i * stride : i * stride + fh, j * stride : j * stride + fw]
            y[:, :, i, j] = (window * weight).sum((2, 3, 4))
    return y if bias is None else y + torch.reshape(bias, (1, -1, 1, 1))
