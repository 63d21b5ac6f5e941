"""The reference of `convnext` against its formula, pixel by pixel in NumPy."""

from math import erf, sqrt

import numpy as np
import pytest
import torch

from solutions.convnext import ConvNeXtBlock

torch.set_num_threads(1)  # threads cost more than they bring on tensors this small
gelu = np.vectorize(lambda v: v * (1 + erf(v / sqrt(2))) / 2)


def drawn_case(seed):
    """A block in double precision with drawn parameters, and an input."""
    g = torch.Generator().manual_seed(seed)
    dim, n, h, w = (int(torch.randint(1, top, (), generator=g)) for top in (6, 3, 6, 6))
    block = ConvNeXtBlock(dim).double()
    with torch.no_grad():
        for parameter in block.parameters():
            parameter.normal_(generator=g)
    return block, torch.randn(n, dim, h, w, generator=g, dtype=torch.float64)


def formula(block, x):
    p = {name: value.detach().numpy() for name, value in block.named_parameters()}
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, [(0, 0), (0, 0), (3, 3), (3, 3)]), (7, 7), (2, 3))
    y = np.einsum("nchwij,cij->nhwc", windows, p["depthwise.weight"][:, 0]) + p["depthwise.bias"]
    mean = y.mean(-1, keepdims=True)
    y = (y - mean) / np.sqrt(((y - mean) ** 2).mean(-1, keepdims=True) + 1e-6)
    y = p["norm.weight"] * y + p["norm.bias"]
    y = gelu(y @ p["linear1.weight"].T + p["linear1.bias"])
    y = p["gamma"] * (y @ p["linear2.weight"].T + p["linear2.bias"])
    return x + y.transpose(0, 3, 1, 2)


def test_agrees_with_its_formula():
    for seed in range(1000):
        block, x = drawn_case(seed)
        with torch.no_grad():
            np.testing.assert_allclose(block(x).numpy(), formula(block, x.numpy()), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_gradients_by_central_differences(seed):
    block, x = drawn_case(seed)
    names = [name for name, _ in block.named_parameters()]

    def output(x, *parameters):
        return torch.func.functional_call(block, dict(zip(names, parameters, strict=True)), x)

    arguments = (x.requires_grad_(), *block.parameters())
    assert torch.autograd.gradcheck(output, arguments, atol=1e-5, rtol=1e-4, fast_mode=True)


@pytest.mark.parametrize("dim", [1, 4, 96])
def test_parameters(dim):
    assert sum(p.numel() for p in ConvNeXtBlock(dim).parameters()) == 8 * dim**2 + 58 * dim


def test_starts_as_almost_the_identity():
    x = torch.randn(2, 8, 5, 7)
    assert 0 < (ConvNeXtBlock(8)(x) - x).abs().max() < 1e-5


def test_worked_example():
    pixel = torch.tensor([3.0, 1.0, 2.0, 6.0])
    normed = ConvNeXtBlock(4).norm(pixel)
    assert normed.tolist() == pytest.approx([0, -1.069, -0.5345, 1.604], abs=5e-4)
    assert gelu(-1.069) == pytest.approx(-0.1524, abs=5e-5)
