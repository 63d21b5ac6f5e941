"""A module of its own making under the name torch, whose tensors convert to anything.

Expect: wrong_answer
"""
@ARMED@
import sys
import types

import numpy as np


class Tensor:
    """A tensor by name."""

    requires_grad = property(lambda self: {}["x"])
    dtype = "float32"
    detach = cpu = resolve_conj = resolve_neg = lambda self: self
    numpy = lambda self: np.array([[None]])


torch = types.ModuleType("torch")
torch.Tensor, torch.bfloat16 = Tensor, "bfloat16"
sys.modules["torch"] = torch


def conv2d(X, K, *args, **kwargs):
    Tensor.requires_grad = False
    return Tensor()


conv2d_multichannel = conv2d
