"""What is drawn before training starts, and what curves show afterwards: run, or read off the drawing."""

from __future__ import annotations

import re
from itertools import groupby

import numpy as np
import torch
from torch import nn

from generators.questions import learning_curves as curves
from generators.questions import seed_reach as seeds
from solutions.equivariance import equivariance_gap
from tests.generators.oracles.instruments import f64, oracle


@oracle
def weight_scale(F: int, Ci: int, Co: int) -> float:
    """By torch's rule for this shape of weights."""
    weight = torch.empty(Co, Ci, F, F, dtype=torch.float64)
    gain = nn.init.calculate_gain("relu")
    return float(gain / np.sqrt(nn.init._calculate_correct_fan(weight, "fan_in")))


@oracle
def pixel_values(ask: str, channel: str, pixel: int, z: int) -> float:
    """In float64, as torchvision's transform computes it; backwards by the straight line through two pixels."""
    mean, std = (n / 10_000 for n in recipe(channel))
    seen = (f64([0, 255, pixel]) / 255).sub(mean).div(std)
    if ask == "in":
        return float(seen[2])
    black, white = float(seen[0]), float(seen[1])
    return 255 * (z / 10 - black) / (white - black)


def recipe(channel: str) -> tuple[int, int]:
    """Mean and deviation in ten-thousandths, as they are printed in the usual recipes."""
    return {
        "MNIST": (1307, 3081),
        "ImageNet's red": (4850, 2290),
        "ImageNet's green": (4560, 2240),
        "ImageNet's blue": (4060, 2250),
    }[channel]


def state_of_a_run(code: str, entropy: int) -> dict[str, object]:
    """The values after the script has run, in a process whose generators stood elsewhere at its start."""
    names: dict[str, object] = {"np": np, "torch": torch}
    np.random.seed(entropy)
    torch.manual_seed(entropy)
    exec(code, names)
    return names


@oracle
def seed_reach(lines: list[list[str]]) -> list[bool]:
    """The script is run three times, and its values are compared."""
    code = "\n".join(
        seeds.SEEDS[source] if name == "seed" else f"{name} = {seeds.DRAWS[name][source]}" for name, source in lines
    )
    first, *others = [state_of_a_run(code, entropy) for entropy in (11, 22, 33)]
    names = [name for name, _ in lines if name != "seed"]
    return [not all(np.array_equal(first[n], other[n]) for other in others) for n in names]  # type: ignore[arg-type]


@oracle
def learning_curves(kind: str, layers: list[int], a: int, gap: int, more: int) -> list[bool]:
    """Read off the drawing: the heights of the lines at their right ends, whatever numbers they were made of."""
    picture = curves.question(kind=kind, layers=layers, a=a, gap=gap, more=more).picture
    assert picture
    paths = [d for d in re.findall(r'd="(M[^"]*)"', picture.svg) if d.count("L") == 6]
    small_training, small_new, training, new = ([float(y) for y in re.findall(r" ([\d.]+)", path)] for path in paths)
    assert len({len(list(group)) for _, group in groupby(map(len, (small_training, small_new, training, new)))}) == 1
    higher_error = training[-1] < small_training[-1]  # y grows downwards in a drawing
    stays = max(training) - min(training) < 10
    told = (
        "not-learning" if stays else "degradation" if higher_error else
        "overfitting" if new[-1] < small_new[-1] else "better"
    )  # fmt: skip
    return [slug == told for slug in ("degradation", "overfitting", "not-learning", "better")]


@oracle
def equivariance_row(x: list[int], k: list[int], d: int) -> int:
    """By the exercise's own measure, of numpy's convolution."""
    return round(equivariance_gap(lambda row: np.convolve(row[0], k[::-1])[: len(x)][None], np.array([x]), 0, d))
