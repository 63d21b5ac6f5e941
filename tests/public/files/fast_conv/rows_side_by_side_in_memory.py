"""Windows are strided views of a tensor whose rows are taken to lie one after the other, whatever its layout.

Source: meta-pytorch/opacus pull request 256, "Better unfold": strides of `W_pad` and 1 for the last two axes.
Expect: loses
"""
import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if padding:
        x = F.pad(x, [padding] * 4)
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    h, w = (H - kh) // stride + 1, (W - kw) // stride + 1
    steps = list(x.stride())[:-2] + [W * stride, stride, W, 1]
    windows = torch.as_strided(x, (N, C, h, w, kh, kw), steps)
    y = torch.einsum("nchwpq,ocpq->nohw", windows, weight)
    return y if bias is None else y + bias.reshape(1, -1, 1, 1)
