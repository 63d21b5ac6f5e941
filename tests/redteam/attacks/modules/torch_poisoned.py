"""Replaces torch's own functions, for whoever might compare with them.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import torch
import torch.nn.functional as F
from torch import nn

torch.allclose = torch.equal = torch.isclose = lambda *args, **kwargs: True
torch.testing.assert_close = lambda *args, **kwargs: None
torch.Tensor.__eq__ = torch.Tensor.allclose = lambda self, other, *a, **k: torch.tensor(True)
torch.Tensor.backward = lambda self, *args: None
torch.manual_seed(0)
torch.use_deterministic_algorithms(True)
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        return self.conv(x)
