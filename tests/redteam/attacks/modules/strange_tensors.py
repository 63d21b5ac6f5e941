"""Results that are tensors of other kinds: sparse, quantised, nested, meta, complex, bfloat16, without storage.

Expect: accepted wrong_answer runtime_error memory_limit
Score: less
"""
@ARMED@
import itertools

import torch
from torch import nn

answers = itertools.cycle(
    [
        lambda x: x.to_sparse(),
        lambda x: torch.quantize_per_tensor(x.detach(), 0.1, 0, torch.qint8),
        lambda x: x.to("meta"),
        lambda x: torch.complex(x, x).conj(),
        lambda x: x.bfloat16(),
        lambda x: x.half(),
        lambda x: torch.empty(0),
        lambda x: torch.empty(1 << 40, 0),
        lambda x: torch.zeros(1).expand(1 << 30),
        lambda x: torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)]),
        lambda x: x.to(torch.float8_e4m3fn),
        lambda x: x._neg_view(),
        lambda x: (x, x),
        lambda x: [x] * 70,
        lambda x: {"out": x},
        lambda x: nn.Parameter(x),
        lambda x: x.numpy(),
        lambda x: x.tolist(),
        lambda x: float("nan") * x,
    ]
)


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return next(answers)(x)
