"""The reference of `debug_cnn` against the same network written with unfold and einsum; gradients too."""

import pytest
import torch

from solutions.debug_cnn import FixedCNN


def convolution(x, weight, bias):
    windows = x.unfold(2, weight.shape[2], 1).unfold(3, weight.shape[3], 1)  # (N, C, H_out, W_out, Fh, Fw)
    return torch.einsum("ncijab,ocab->noij", windows, weight) + bias[:, None, None]


def halve(x):
    N, C, H, W = x.shape
    return x.reshape(N, C, H // 2, 2, W // 2, 2).amax((3, 5))


def by_hand(net, x):
    x = halve(convolution(x, net.conv1.weight, net.conv1.bias).clamp(min=0))
    x = halve(convolution(x, net.conv2.weight, net.conv2.bias).clamp(min=0))
    return x.reshape(len(x), 512) @ net.fc.weight.T + net.fc.bias


@pytest.mark.slow
def test_against_unfold(thorough):
    torch.manual_seed(0)
    for i in range(1000 if thorough else 100):
        net = FixedCNN().double()
        x = torch.randn(1 + i % 3, 1, 28, 28, dtype=torch.float64, requires_grad=True)
        cotangent = torch.randn(len(x), 10, dtype=torch.float64)
        inputs = [x, *net.parameters()]
        y, expected = net(x), by_hand(net, x)
        torch.testing.assert_close(y, expected)
        pairs = zip(
            torch.autograd.grad(y, inputs, cotangent),
            torch.autograd.grad(expected, inputs, cotangent),
            strict=True,
        )
        for mine, theirs in pairs:
            torch.testing.assert_close(mine, theirs)


def test_central_differences():
    torch.manual_seed(1)
    net = FixedCNN().double()
    x = torch.randn(2, 1, 28, 28, dtype=torch.float64)
    parameters = list(net.parameters())
    gradients = torch.autograd.grad(net(x).square().sum(), parameters)
    for p, gradient in zip(parameters, gradients, strict=True):
        direction = torch.randn_like(p)
        with torch.no_grad():
            p.add_(direction, alpha=1e-6)
            above = net(x).square().sum()
            p.sub_(direction, alpha=2e-6)
            below = net(x).square().sum()
            p.add_(direction, alpha=1e-6)
        torch.testing.assert_close((above - below) / 2e-6, (gradient * direction).sum(), rtol=1e-5, atol=1e-6)


def test_parameters():
    assert [p.numel() for p in FixedCNN().parameters()] == [400, 16, 12_800, 32, 5_120, 10]
    assert sum(p.numel() for p in FixedCNN().parameters()) == 18_378
