"""Which tensor plays which part: whatever the names and the order, and whatever a submission claims about itself."""

from __future__ import annotations

import itertools
import random

import pytest
import torch
from torch import nn

from grader.checks import matching
from grader.report.message import message
from grader.root import ROOT
from grader.sandbox.inside import modules, wire

NAMES = ["a", "z", "layer_9", "conv2", "bn1", "main"]


def described(module: nn.Module, x: torch.Tensor) -> dict:
    return wire.snapshot(modules.describe(module, [wire.snapshot(x)]))


class Two(nn.Module):
    """Two equal convolutions with their batch norms, registered in any order under any names."""

    def __init__(self, order=(0, 1, 2, 3), names=("conv1", "bn1", "conv2", "bn2")):
        super().__init__()
        parts = [nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3), nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3)]
        for i in order:
            self.add_module(names[i], parts[i])
        self.steps = [names[i] for i in range(4)]

    def forward(self, x):
        for name in self.steps:
            x = self._modules[name](x)
        return x


X = torch.randn(2, 3, 5, 5)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_execution_tells_equal_layers_apart(order):
    names = random.Random(str(order)).sample(NAMES, 4)
    theirs = Two(order, names)
    first = next(matching.candidates(described(Two(), X), described(theirs, X)))
    if set(names) != {"conv1", "bn1", "conv2", "bn2"}:
        assert first["conv1.weight"] == f"{names[0]}.weight"
        assert first["bn2.running_var"] == f"{names[3]}.running_var"


def test_a_kernel_may_be_kept_as_a_matrix():
    """As im2col takes it: as many values in the same order."""

    class Matrix(nn.Module):
        def __init__(self):
            super().__init__()
            self.rows = nn.Parameter(torch.randn(4, 27))

        def forward(self, x):
            return (self.rows @ nn.functional.unfold(x, 3, padding=1)).unflatten(2, x.shape[2:])

    ours = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1, bias=False), nn.BatchNorm2d(4))
    theirs = nn.Sequential(Matrix(), nn.BatchNorm2d(4))
    first = next(matching.candidates(described(ours, X), described(theirs, X)))
    assert first["0.weight"] == "0.rows"
    assert first["1.running_var"] == "1.running_var"


def test_right_names_come_first():
    first = next(matching.candidates(described(Two(), X), described(Two(order=(3, 2, 1, 0)), X)))
    assert all(ours == theirs for ours, theirs in first.items())


def test_the_true_map_is_among_the_candidates_even_without_a_trace():
    silent = described(Two(order=(2, 0, 3, 1), names=NAMES), X) | {"trace": []}
    found = list(matching.candidates(described(Two(), X), silent))
    assert any(c["conv1.weight"] == "a.weight" and c["bn1.weight"] == "z.weight" for c in found)
    assert len({tuple(sorted(c.items())) for c in found}) == len(found)


def test_a_linear_layer_may_be_a_1x1_convolution():
    ours, theirs = nn.Sequential(nn.Linear(4, 8)), nn.Sequential(nn.Conv2d(4, 8, 1))
    first = next(matching.candidates(described(ours, torch.randn(2, 4)), described(theirs, torch.randn(2, 4, 1, 1))))
    assert first == {"0.weight": "0.weight", "0.bias": "0.bias"}


@pytest.mark.slow
@pytest.mark.sampled(ci=3)
@pytest.mark.parametrize("seed", range(4))
def test_a_whole_resnet18_is_matched_under_scrambled_names(seed, grade_source):
    """Every attribute of the reference renamed at random."""
    source = (ROOT / "solutions" / "resnet.py").read_text()
    rng = random.Random(seed)
    for name in (
        "conv1",
        "conv2",
        "conv3",
        "bn1",
        "bn2",
        "bn3",
        "shortcut",
        "stem",
        "layer1",
        "layer2",
        "layer3",
        "fc",
    ):
        source = source.replace(f"self.{name}", f"self.n{rng.randrange(10**6)}_{name[::-1]}")
    result = grade_source(source, "resnet")
    assert result.full_marks, [message(c) for c in result.checks if message(c)]


LIES = {
    "names that do not exist": "def named_parameters(self, *a, **k): return [('ghost', nn.Parameter(torch.ones(3)))]",
    "no tensors at all": "def named_parameters(self, *a, **k): return []",
    "not even pairs": "def named_parameters(self, *a, **k): return [1, 2, 3]",
    "an exception": "def named_parameters(self, *a, **k): raise ValueError('no')",
    "endless": "def named_parameters(self, *a, **k): return iter(lambda: ('p', 0), 1)",
    "modules that lie": "def named_modules(self, *a, **k): return [('x', 3)]",
    "a count that lies": "def parameters(self, *a, **k): return iter([])",
}


@pytest.mark.sampled(quick=9)
@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_module_that_lies_about_itself_harms_only_itself(lie, grade_source):
    source = f"""
import torch
from torch import nn
class BasicBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
    def forward(self, x):
        return self.conv1(x)
    {lie}
"""
    result = grade_source(source, "resnet")
    assert not result.internal_error, [message(c) for c in result.checks]
    assert result.score <= 1  # it does not write into its input, which is worth a point
