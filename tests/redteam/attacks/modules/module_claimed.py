"""Claims to be a torch.nn.Module, and has nothing of one.

Expect: runtime_error wrong_answer
"""
@ARMED@
from torch import nn


class BasicBlock:
    __class__ = property(lambda self: nn.Module)

    def __init__(self, *args, **kwargs):
        self._modules = {"a": 1, "b": self}
        self._parameters = {"c": "d"}
        self._buffers = None
