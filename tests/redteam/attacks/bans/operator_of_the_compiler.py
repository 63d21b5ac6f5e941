"""An operator that torch.jit has beside the dispatcher's.

Expect: runtime_error
"""
@ARMED@
import torch

operator, _ = torch._C._jit_get_operation("prim::" + "mkldnn_" + "convolution")


def conv2d(x, weight, bias=None, stride=1, padding=0):
    y = operator(x.float(), weight.float(), None, [stride] * 2, [padding] * 2, [1, 1], 1)
    return y if bias is None else y + bias[:, None, None]
