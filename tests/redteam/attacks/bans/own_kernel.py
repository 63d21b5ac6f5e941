"""Puts kernels of its own in place of what says no.

Expect: banned_call
Message: put back
"""
@ARMED@
import torch

library = torch.library.Library("aten", "IMPL")


def unfolded(x, weight, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    height, width = (
        (n + 2 * p - k) // s + 1 for n, k, s, p in zip(x.shape[2:], weight.shape[2:], stride, padding)
    )
    columns = torch.nn.functional.unfold(x, weight.shape[2:], padding=padding, stride=stride)
    y = (weight.reshape(len(weight), -1) @ columns).reshape(len(x), -1, height, width)
    return y if bias is None else y + bias[:, None, None]


library.impl("conv2d", unfolded, "CompositeImplicitAutograd")


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return getattr(torch, "conv" + "2d")(x, weight, bias, stride, padding)
