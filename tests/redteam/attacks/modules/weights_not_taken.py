"""Keeps its own weights, whatever is loaded.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.a = nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)
        self.hidden = [nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False)]

    def load_state_dict(self, *args, **kwargs):
        return "<All keys matched successfully>"

    def forward(self, x):
        return torch.relu(self.hidden[0](x))
