"""Parameters that are empty, complex, enormous by stride, shared, lazy, quantised or on the meta device.

Expect: accepted wrong_answer runtime_error memory_limit
Score: less
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.empty = nn.Parameter(torch.empty(0, 1 << 40))
        self.complex = nn.Parameter(torch.zeros(3, dtype=torch.complex64))
        self.expanded = nn.Parameter(torch.zeros(1).expand(1 << 40))
        self.meta = nn.Parameter(torch.empty(1 << 40, device="meta"))
        self.scalar = nn.Parameter(torch.zeros(()))
        self.many = nn.Parameter(torch.zeros([1] * 30))
        self.nan = nn.Parameter(torch.full((4,), float("nan")))
        self.inf = nn.Parameter(torch.full((4, 4), float("inf")))
        self.shared = self.nan
        self.integer = nn.Parameter(torch.zeros(3, dtype=torch.int8), requires_grad=False)
        self.register_buffer("quantised", torch.quantize_per_tensor(torch.zeros(3), 0.1, 0, torch.qint8))
        self.register_buffer("sparse", torch.eye(3).to_sparse())
        self.lazy = nn.LazyConv2d(3, 1)

    def forward(self, x):
        return x
