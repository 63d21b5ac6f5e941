"""The register of oracles, and what they count with: windows one by one, torch modules on meta tensors."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

ORACLES: dict[str, Callable[..., Any]] = {}


def oracle(function: Callable[..., Any]) -> Callable[..., Any]:
    """Register under the function's name, which is the generator's."""
    assert function.__name__ not in ORACLES, f"two oracles for {function.__name__}"
    ORACLES[function.__name__] = function
    return function


def positions(W: int, F: int, P: int, S: int) -> int:
    """Windows that lie inside the padded row, counted."""
    return sum(1 for left in range(-P, W + P, S) if left + F <= W + P)


def seen(F: list[int], S: list[int]) -> int:
    """Width of the set of input pixels that output 0 depends on, followed back layer by layer."""
    pixels = {0}
    for f, s in zip(reversed(F), reversed(S), strict=True):
        pixels = {p * s + k for p in pixels for k in range(f)}
    return max(pixels) - min(pixels) + 1


def count(*modules: nn.Module) -> int:
    """Learned numbers."""
    return sum(p.numel() for module in modules for p in module.parameters())


@cache
def conv(Ci: int, Co: int, F: int, bias: bool = True, groups: int = 1, S: int = 1, P: int = 0) -> nn.Conv2d:
    """A convolution with F × F filters, without values."""
    return nn.Conv2d(Ci, Co, F, bias=bias, groups=groups, stride=S, padding=P, device="meta")


def linear(inputs: int, units: int, bias: bool = True) -> int:
    """Parameters of a fully connected layer."""
    return count(nn.Linear(inputs, units, bias=bias, device="meta"))


def module(line: str, channels: int, inputs: int) -> nn.Module:
    """A torch layer for a line of the description."""
    words = line.split()
    numbers = [int(word.strip("sp").split("x")[0]) for word in words[1:]]
    match words[0]:
        case "conv":
            return conv(channels, numbers[0], numbers[1], S=numbers[2], P=numbers[3])
        case "dw":
            return conv(channels, channels, numbers[0], groups=channels, S=numbers[1], P=numbers[2])
        case "pool":
            return nn.MaxPool2d(numbers[0], numbers[1], numbers[2])
        case "bn":
            return nn.BatchNorm2d(channels, device="meta")
        case "fc":
            return nn.Linear(inputs, numbers[0], device="meta")
        case name:
            return {"relu": nn.ReLU(), "flatten": nn.Flatten(), "dropout": nn.Dropout()}[name]


def image(C: int, H: int) -> torch.Tensor:
    """One image, 1 × C × H × H, without values."""
    return torch.empty(1, C, H, H, device="meta")


@cache
def flops(layer: nn.Module, C: int, H: int) -> int:
    """What torch counts when the layer runs (a multiply-add is 2)."""
    with FlopCounterMode(display=False) as counter:
        layer(image(C, H))
    return int(counter.get_total_flops())


def f64(value: Any, **kwargs: Any) -> torch.Tensor:
    """The same numbers in double precision."""
    return torch.tensor(value, dtype=torch.float64, **kwargs)
