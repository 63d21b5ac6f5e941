"""The reference of `mnist_cnn` against the same network written with unfold and einsum; gradients too."""

import pytest
import torch

from solutions.mnist_cnn import MNISTConvNet


def convolution(x, layer):
    P = layer.padding[0]
    x = torch.nn.functional.pad(x, (P, P, P, P))
    windows = x.unfold(2, 3, 1).unfold(3, 3, 1)  # (N, C, H_out, W_out, 3, 3)
    return torch.einsum("ncijab,ocab->noij", windows, layer.weight) + layer.bias[:, None, None]


def normalise(x, layer):
    if layer.training:
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
    else:
        mean, var = layer.running_mean, layer.running_var
    x = (x - mean[:, None, None]) / (var[:, None, None] + 1e-5) ** 0.5
    return layer.weight[:, None, None] * x + layer.bias[:, None, None]


def halve(x):
    H, W = x.shape[2] // 2, x.shape[3] // 2
    return x[:, :, : 2 * H, : 2 * W].unflatten(3, (W, 2)).unflatten(2, (H, 2)).amax((3, 5))


def by_hand(net, x):
    for conv, norm, _relu, _pool in net.features:
        x = halve(normalise(convolution(x, conv), norm).clamp(min=0))
    x = (x.reshape(len(x), 512) @ net.fc1.weight.T + net.fc1.bias).clamp(min=0)
    return x @ net.fc2.weight.T + net.fc2.bias


def drawn_network():
    net = MNISTConvNet().double()
    net.dropout.p = 0.0
    with torch.no_grad():
        for conv, norm, _relu, _pool in net.features:
            conv.bias.normal_()
            for t in (norm.weight, norm.running_var):
                t.uniform_(0.5, 2)
            for t in (norm.bias, norm.running_mean):
                t.normal_()
    return net


@pytest.mark.parametrize("cases", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_against_unfold(cases):
    torch.manual_seed(0)
    for i in range(cases):
        net = drawn_network().train(i % 2 == 0)
        x = torch.randn(1 + i % 3, 1, 28, 28, dtype=torch.float64, requires_grad=True)
        cotangent = torch.randn(len(x), 10, dtype=torch.float64)
        inputs = [x, *net.parameters()]
        expected, y = by_hand(net, x), net(x)
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
    net = drawn_network()
    x = torch.randn(2, 1, 28, 28, dtype=torch.float64)
    parameters = list(net.parameters())
    gradients = torch.autograd.grad(net(x).square().sum(), parameters)
    for p, gradient in zip(parameters, gradients, strict=True):
        direction = torch.randn_like(p)
        with torch.no_grad():
            p.add_(direction, alpha=1e-7)
            above = net(x).square().sum()
            p.sub_(direction, alpha=2e-7)
            below = net(x).square().sum()
            p.add_(direction, alpha=1e-7)
        torch.testing.assert_close((above - below) / 2e-7, (gradient * direction).sum(), rtol=1e-4, atol=1e-5)


def test_parameters():
    net = MNISTConvNet()
    assert sum(p.numel() for p in net.parameters()) == 160_074
    assert sum(b.numel() for b in net.buffers()) == 451
    assert [layer.p for layer in net.modules() if isinstance(layer, torch.nn.Dropout)] == [0.3]


def test_dropout_only_in_training():
    net, x = MNISTConvNet(), torch.randn(4, 1, 28, 28)
    assert not torch.equal(net(x), net(x))
    net.eval()
    assert torch.equal(net(x), net(x))
