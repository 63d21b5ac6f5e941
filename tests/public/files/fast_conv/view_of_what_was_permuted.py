"""`view` where `reshape` is needed: a tensor whose channels come last in memory cannot be seen that way.

Source: dmlc/gluon-cv issue 1618, "torch.view() should be changed to torch.reshape()".
Expect: loses
"""
import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    if kh == kw == 1 and padding == 0:
        picked = x if stride == 1 else x[:, :, ::stride, ::stride].contiguous()
        h, w = picked.shape[2:]
        y = (weight.view(O, C) @ picked.view(N, C, -1)).view(N, O, h, w)
    else:
        h, w = (H + 2 * padding - kh) // stride + 1, (W + 2 * padding - kw) // stride + 1
        y = (weight.view(O, -1) @ F.unfold(x, (kh, kw), padding=padding, stride=stride)).view(N, O, h, w)
    return y if bias is None else y + bias.view(-1, 1, 1)
