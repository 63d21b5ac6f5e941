"""The same class by another path, with the weights put into it.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import torch
from torch.nn.modules import Conv2d as Layer


def conv2d(x, weight, bias=None, stride=1, padding=0):
    layer = Layer(weight.shape[1], weight.shape[0], weight.shape[2:], stride, padding)
    bias = torch.zeros(len(weight), dtype=x.dtype) if bias is None else bias
    return torch.func.functional_call(layer, {"weight": weight, "bias": bias}, (x,))
