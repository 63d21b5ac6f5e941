"""A module whose dicts of parts, parameters and buffers are something else.

Expect: runtime_error wrong_answer time_limit
Limits: cpu_seconds=0.7 total_seconds=2
"""
@ARMED@
import torch
from torch import nn


class Endless(dict):
    """Always one more."""

    def items(self):
        while True:
            yield "x", nn.Conv2d(1, 1, 1)

    def values(self):
        return iter([None, 1, "x", torch.zeros(2)])


class BasicBlock(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        object.__setattr__(self, "_parameters", {"w": "text", 3: torch.zeros(2), "\x1b[2J": None})
        object.__setattr__(self, "_buffers", Endless())

    def forward(self, x):
        return x
