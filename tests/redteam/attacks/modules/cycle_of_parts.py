"""Parts that contain each other.

Expect: wrong_answer runtime_error
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        self.a = nn.Conv2d(4, 4, 1)
        self.b = nn.Sequential(self.a, self.a)
        self.me = self
        self.b.up = self

    def forward(self, x):
        return x
