"""The shortcut for 1×1 kernels at stride 1 forgets that padding enlarges the output.

Source: forresti/SqueezeNet issue 32, "conv10 layer has pad 1".
Expect: loses
"""
import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if weight.shape[2:] == (1, 1) and stride == 1:
        y = torch.tensordot(x, weight[..., 0, 0], dims=([1], [1])).permute(0, 3, 1, 2)
    else:
        windows = F.pad(x, [padding] * 4).unfold(2, weight.shape[2], stride).unfold(3, weight.shape[3], stride)
        y = torch.tensordot(windows, weight, dims=([1, 4, 5], [1, 2, 3])).permute(0, 3, 1, 2)
    return y if bias is None else y + bias.view(1, -1, 1, 1)
