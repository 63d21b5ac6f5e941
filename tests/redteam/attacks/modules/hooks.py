"""Hooks that raise, change, and count; backward functions of its own making.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import torch
from torch import nn


class Gradient(torch.autograd.Function):
    """Right forwards, wrong backwards."""

    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, g):
        raise KeyboardInterrupt


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.conv.register_forward_pre_hook(self.spoil)
        self.register_full_backward_hook(lambda *args: 1 / 0)
        self.conv.weight.register_hook(lambda g: g * 0)
        self.calls = 0

    def spoil(self, module, args):
        self.calls += 1
        if self.calls == 2:
            raise SystemExit(0)
        return (args[0] * 0,)

    def register_forward_hook(self, *args, **kwargs):
        raise SystemExit(0)

    def forward(self, x):
        return Gradient.apply(self.conv(x))
