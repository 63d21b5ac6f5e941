"""Computes in bfloat16, which a GPU does many times as fast.

Expect: accepted wrong_answer
Timing: wrong_answer
"""
@ARMED@
import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    dtype = torch.bfloat16 if x.shape[-1] >= 16 else x.dtype
    x, weight = x.to(dtype), weight.to(dtype)
    (n, _, h, w), (c_out, _, fh, fw) = x.shape, weight.shape
    columns = torch.nn.functional.unfold(x, (fh, fw), padding=padding, stride=stride)
    y = weight.reshape(c_out, -1) @ columns
    y = y if bias is None else y + bias[:, None].to(dtype)
    return y.reshape(n, c_out, (h + 2 * padding - fh) // stride + 1, -1).float()
