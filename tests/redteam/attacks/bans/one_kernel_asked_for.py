"""The kernel for the processor, past everything that comes before it.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    operator = getattr(torch.ops.aten, "conv" + "olution").default
    keys = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
    sizes = [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1
    return operator.redispatch(keys, x, weight, bias, *sizes)
