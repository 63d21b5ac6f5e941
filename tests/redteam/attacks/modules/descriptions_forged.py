"""Answers every question about itself with nonsense: the operations are replaced in the worker.

Expect: accepted wrong_answer runtime_error
Score: less
"""
@ARMED@
import random
import sys

import torch
from torch import nn

chance = random.SystemRandom()
nan, big = float("nan"), 1 << 62
DESCRIPTIONS = [
    None,
    [],
    "x",
    {},
    {"tensors": None, "trace": None},
    {"tensors": [], "trace": []},
    {"tensors": [[]], "trace": [[]]},
    {"tensors": [["a"]], "trace": []},
    {"tensors": [["a", [1], True, 1.0]], "trace": [["a", 0]]},
    {"tensors": [["a.weight", [], True, nan]] * 500, "trace": [["a", i] for i in range(500)]},
    {"tensors": [["a.weight", [big, big], True, nan]], "trace": [["a", big], ["a", -big]]},
    {"tensors": [["a.weight", [-1], True, nan]], "trace": [["", -7]]},
    {"tensors": [["a.weight", [1.5], 1, 1]], "trace": [["a", True]]},
    {"tensors": [["a.weight", [1] * 100, True, nan]], "trace": []},
    {"tensors": [["", [], True, float("inf")], [".", [], False, nan], ["a.", [0], True, 0.0]], "trace": [["", 0]]},
    {"tensors": [["\x1b[2J.running_var", [3], False, 1.0]], "trace": [["\x1b[2J", 0]]},
    {"tensors": [[torch.zeros(2), [1], True, 1.0]], "trace": [[torch.zeros(2), 0]]},
    {"tensors": [[f"p{i}.bias", [4], True, 0.0] for i in range(2000)], "trace": []},
    {"tensors": {"0": 1}, "trace": {"0": 1}},
    {"tensors": "conv1.weight", "trace": "conv1"},
]
modules = sys.modules["inside.modules"]
modules.describe = lambda *_: chance.choice(DESCRIPTIONS)
modules.load_state = lambda *_: chance.choice([None, 1, "loaded", {}, [[]]])
modules.zero = modules.load_state
modules.probe = lambda *_: chance.choice([None, torch.zeros(3), {}, "x", [torch.zeros(2)], 1e400])
modules.read_state = lambda *_: chance.choice([None, {}, {"bn1.running_mean": None}, {"": torch.zeros(2)}])
modules.gradients = lambda *_: chance.choice([None, {}, {"output": 1}, {"input": torch.zeros(2)}, [1]])
modules.count_parameters = lambda *_: chance.choice([None, -1, 1.5, "3", torch.zeros(2), 1 << 70])


class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        return self.conv(x)
