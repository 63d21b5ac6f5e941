"""A kernel is looked up while the file is loaded, and kept.

Expect: banned_call
Message: which this exercise does not allow
"""
@ARMED@
import torch

kernel = torch.library.get_kernel("aten::" + "convolution", "CPU")


def conv2d(x, weight, bias=None, stride=1, padding=0):
    keys = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
    sizes = [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1
    return kernel.call_boxed(keys, x, weight, bias, *sizes)
