"""The reference of `fast_conv` against torch's own convolution, values and gradients, and by differences."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from solutions.fast_conv import conv2d


def random_case(rng, largest=7):
    """Legal inputs in float64: x, weight, bias or None, stride, padding."""
    N, C, C_out = (int(n) for n in rng.integers(1, 4, 3))
    Fh, Fw = (int(n) for n in rng.integers(1, 5, 2))
    S, P = int(rng.integers(1, 4)), int(rng.integers(0, 4))
    H = max(Fh - 2 * P, 1) + int(rng.integers(0, largest))
    W = max(Fw - 2 * P, 1) + int(rng.integers(0, largest))
    shapes = [(N, C, H, W), (C_out, C, Fh, Fw), (C_out,)]
    x, weight, bias = (torch.from_numpy(rng.normal(size=s)).requires_grad_() for s in shapes)
    return x, weight, bias if rng.random() < 0.7 else None, S, P


def test_against_torch():
    rng = np.random.default_rng(0)
    for _ in range(1000):
        x, weight, bias, S, P = random_case(rng)
        y, expected = conv2d(x, weight, bias, S, P), F.conv2d(x, weight, bias, S, P)
        torch.testing.assert_close(y, expected, rtol=1e-10, atol=1e-12)
        inputs = [t for t in (x, weight, bias) if t is not None]
        cotangent = torch.from_numpy(rng.normal(size=y.shape))
        pairs = zip(
            torch.autograd.grad(y, inputs, cotangent),
            torch.autograd.grad(expected, inputs, cotangent),
            strict=True,
        )
        for mine, theirs in pairs:
            torch.testing.assert_close(mine, theirs, rtol=1e-10, atol=1e-12)


@pytest.mark.slow
def test_central_differences(thorough):
    rng = np.random.default_rng(1)
    for _ in range(300 if thorough else 100):
        x, weight, bias, S, P = random_case(rng, largest=3)
        inputs = (x, weight) if bias is None else (x, weight, bias)
        assert torch.autograd.gradcheck(lambda x, w, b=None, S=S, P=P: conv2d(x, w, b, S, P), inputs)


def test_precision_is_that_of_the_inputs():
    x, weight = torch.randn(1, 2, 5, 6), torch.randn(3, 2, 3, 3)
    assert conv2d(x, weight).dtype is torch.float32
    assert conv2d(x.double(), weight.double()).dtype is torch.float64
