"""The gradient of a transposed convolution is a convolution.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    back = getattr(torch.ops.aten, "convolution_" + "backward")
    height, width = ((n + 2 * padding - k) // stride + 1 for n, k in zip(x.shape[2:], weight.shape[2:]))
    blank = x.new_zeros(len(x), len(weight), height, width)
    sizes = [stride] * 2, [padding] * 2, [1, 1], True, [0, 0], 1
    y, _, _ = back(x, blank, weight, None, *sizes, [True, False, False])
    return y if bias is None else y + bias[:, None, None]
