"""Parts, parameters and names without end.

Expect: accepted wrong_answer runtime_error time_limit memory_limit
Score: less
Limits: cpu_seconds=3 total_seconds=8
"""
@ARMED@
import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.parts = nn.ModuleList(nn.BatchNorm2d(4) for _ in range(3000))
        self.register_parameter("n" * 100_000, nn.Parameter(torch.zeros(3)))
        self.register_parameter("\x1b[2J\ud800 <script>", nn.Parameter(torch.zeros(3)))

    def forward(self, x):
        return x
