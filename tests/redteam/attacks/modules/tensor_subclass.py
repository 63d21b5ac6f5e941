"""Parameters and results of a tensor class that lies about shape, values, equality and conversion.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import torch
from torch import nn


class Liar(torch.Tensor):
    """Whatever is asked for."""

    shape = property(lambda self: torch.Size([2, 4, 6, 9]))
    numel = lambda self: 0
    detach = cpu = lambda self: self
    numpy = lambda self, *a, **k: torch.zeros(2, 4, 6, 9).numpy()
    resolve_conj = resolve_neg = lambda self: self
    __eq__ = lambda self, other: torch.tensor(True)
    __hash__ = torch.Tensor.__hash__

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.zeros(()).as_subclass(cls)


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out_channels).as_subclass(Liar), requires_grad=False)

    def forward(self, x):
        return torch.zeros_like(x).as_subclass(Liar)
