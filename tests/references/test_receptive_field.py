"""The reference of `receptive_field` against the gradient: which inputs does an output depend on?"""

import numpy as np
import torch
from torch.nn import functional as F

from solutions.receptive_field import receptive_field

CASES = 1000


def random_layers(rng):
    return [
        {"kernel_size": int(k), "stride": int(s), "dilation": int(d)}
        for k, s, d in zip(rng.integers(1, 6, 4), rng.integers(1, 4, 4), rng.integers(1, 4, 4), strict=True)
    ][: rng.integers(1, 5)]


def seen_by(output, layers, width):
    """First and last input position with a gradient from this output, through convolutions of ones."""
    x = torch.zeros(1, 1, width, dtype=torch.float64, requires_grad=True)
    y = x
    for layer in layers:
        kernel = torch.ones(1, 1, layer["kernel_size"], dtype=torch.float64)
        y = F.conv1d(y, kernel, stride=layer["stride"], dilation=layer["dilation"])
    (gradient,) = torch.autograd.grad(y[0, 0, output], x)
    positions = gradient.flatten().nonzero()
    return int(positions[0]), int(positions[-1])


def test_against_autograd():
    rng = np.random.default_rng(0)
    for _ in range(CASES):
        layers = random_layers(rng)
        size, jump = receptive_field(layers)
        first, last = seen_by(0, layers, size + jump)
        assert (first, last - first + 1) == (0, size)
        assert seen_by(1, layers, size + jump)[0] == jump


def test_defaults():
    plain = {"kernel_size": 3}
    assert receptive_field([plain, plain | {"stride": 2}, plain]) == (9, 2)
    assert receptive_field([plain] * 3) == (7, 1)
    assert receptive_field([plain] * 50) == (101, 1)
    assert receptive_field([]) == (1, 1)
