"""The reference of `inception` against its four branches, computed window by window."""

import pytest
import torch
from torch.nn import functional as F

from solutions.inception import Inception

torch.set_num_threads(1)  # threads cost more than they bring on tensors this small


def windows(x, k, outside):
    """x (N, C, H, W) → the k×k windows around its pixels: (N, C, H, W, k·k)."""
    x = F.pad(x, [k // 2] * 4, value=outside)
    return x.unfold(2, k, 1).unfold(3, k, 1).flatten(4)


def conv(state, name, x):
    """A convolution with ReLU as one sum of products per output value."""
    weight = state[f"{name}.weight"]
    y = torch.einsum("nchwk,ock->nohw", windows(x, weight.shape[-1], 0.0), weight.flatten(2))
    return (y + state[f"{name}.bias"][:, None, None]).clamp(min=0)


def branches(s, x):
    pooled = windows(x, 3, -torch.inf).amax(dim=-1)
    return [
        conv(s, "conv1", x),
        conv(s, "conv3", conv(s, "reduce3", x)),
        conv(s, "conv5", conv(s, "reduce5", x)),
        conv(s, "project", pooled),
    ]


def drawn_case(seed):
    g = torch.Generator().manual_seed(seed)
    widths = [int(torch.randint(1, 6, (), generator=g)) for _ in range(7)]
    module = Inception(*widths).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.normal_(generator=g)
    n, h, w = (int(torch.randint(1, top, (), generator=g)) for top in (4, 8, 8))
    return module, torch.randn(n, widths[0], h, w, generator=g, dtype=torch.float64)


def compare(seeds):
    for seed in seeds:
        module, x = drawn_case(seed)
        expected = torch.cat(branches(dict(module.named_parameters()), x), dim=1)
        assert torch.allclose(module(x), expected, rtol=1e-9, atol=1e-9), f"seed {seed}"


def test_agrees_with_its_branches():
    compare(range(100))


@pytest.mark.slow
def test_agrees_with_its_branches_1000():
    compare(range(100, 1100))


@pytest.mark.parametrize("seed", range(3))
def test_gradients_by_central_differences(seed):
    module, _ = drawn_case(seed)
    x = torch.randn(2, module.conv1.in_channels, 3, 4, dtype=torch.float64, requires_grad=True)
    names = [name for name, _ in module.named_parameters()]

    def output(x, *parameters):
        return torch.func.functional_call(module, dict(zip(names, parameters, strict=True)), x)

    assert torch.autograd.gradcheck(output, (x, *module.parameters()), atol=1e-6, fast_mode=True)


def test_first_module_of_googlenet():
    module = Inception(192, 64, 96, 128, 16, 32, 32)
    assert sum(p.numel() for p in module.parameters()) == 163_696
    assert module(torch.zeros(1, 192, 28, 28)).shape == (1, 256, 28, 28)
