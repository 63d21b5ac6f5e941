"""A loop over the kernel's positions instead of the image's, summed with einsum."""
import torch
from torch.nn import functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    x = F.pad(x, [padding] * 4)
    fh, fw = weight.shape[2:]
    h_out, w_out = (x.shape[2] - fh) // stride + 1, (x.shape[3] - fw) // stride + 1
    total = 0
    for m in range(fh):
        for k in range(fw):
            shifted = x[:, :, m:, k:][:, :, ::stride, ::stride][:, :, :h_out, :w_out]
            total = total + torch.einsum("nchw,oc->nohw", shifted, weight[:, :, m, k])
    if bias is not None:
        total += bias.reshape(1, -1, 1, 1)
    return total
