"""The reference of `batchnorm` against torch, against central differences, and on the statement's example."""

import numpy as np
import pytest
import torch

from solutions.batchnorm import BatchNorm2D

CASES = 1000


def random_case(rng):
    """Settings and two batches of one random layer; at least two values a channel."""
    channels = int(rng.integers(1, 5))
    options = {"eps": float(rng.choice([1e-5, 1e-3, 0.5])), "momentum": float(rng.uniform(0.05, 0.95))}
    shapes = [(int(rng.integers(1, 4)), channels, *map(int, rng.integers(1, 6, size=2))) for _ in range(2)]
    shapes = [(n + (n * h * w == 1), c, h, w) for n, c, h, w in shapes]
    return channels, options, [rng.normal(rng.normal(), 3.0, size=shape) for shape in shapes]


def pair(rng, channels, options):
    """Our layer and torch's with the same drawn gamma and beta."""
    ours = BatchNorm2D(channels, **options)
    theirs = torch.nn.BatchNorm2d(channels, **options, dtype=torch.float64)
    ours.gamma, ours.beta = rng.normal(size=channels), rng.normal(size=channels)
    with torch.no_grad():
        theirs.weight.copy_(torch.from_numpy(ours.gamma))
        theirs.bias.copy_(torch.from_numpy(ours.beta))
    return ours, theirs


def assert_training_agrees(ours, theirs, X, dout):
    """Output, all gradients and running statistics of one step."""
    x = torch.from_numpy(X).requires_grad_()
    y = theirs(x)
    theirs.zero_grad()
    y.backward(torch.from_numpy(dout))
    assert_close(ours.forward(X), y)
    assert_close(ours.backward(dout), x.grad)
    assert_close(ours.dgamma, theirs.weight.grad)
    assert_close(ours.dbeta, theirs.bias.grad)
    assert_close(ours.running_mean, theirs.running_mean)
    assert_close(ours.running_var, theirs.running_var)


def assert_close(ours, theirs):
    """The same shape and the same values; lighter than numpy.testing, for there are many."""
    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape
    assert np.allclose(ours, theirs, rtol=1e-8, atol=1e-8), (ours, theirs)


@pytest.mark.slow
def test_against_torch():
    """1,000 random layers: two training steps, then evaluation."""
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        channels, options, batches = random_case(rng)
        ours, theirs = pair(rng, channels, options)
        for X in batches:
            assert_training_agrees(ours, theirs, X, rng.normal(size=X.shape))
        theirs.eval()
        assert_close(ours.forward(batches[0], training=False), theirs(torch.from_numpy(batches[0])))


@pytest.mark.parametrize("seed", range(20))
def test_against_central_differences(seed):
    """Every entry of X, gamma and beta."""
    rng = np.random.default_rng(seed)
    layer = BatchNorm2D(2, eps=0.1)
    layer.gamma, layer.beta = rng.normal(size=2), rng.normal(size=2)
    X, dout = rng.normal(size=(2, 2, 2, 3)), rng.normal(size=(2, 2, 2, 3))
    layer.forward(X)
    dX = layer.backward(dout)
    for values, gradient in [(X, dX), (layer.gamma, layer.dgamma), (layer.beta, layer.dbeta)]:
        np.testing.assert_allclose(gradient, slopes(layer, X, dout, values), rtol=1e-6, atol=1e-8)


def slopes(layer, X, dout, values, h=1e-5):
    """d sum(dout * forward(X)) / d values by central differences; `values` is X or a parameter."""
    result = np.zeros_like(values)
    for i in np.ndindex(values.shape):
        old = values[i]
        values[i] = old + h
        above = np.sum(dout * layer.forward(X))
        values[i] = old - h
        below = np.sum(dout * layer.forward(X))
        values[i] = old
        result[i] = (above - below) / (2 * h)
    return result


def test_the_statement_s_example():
    """The numbers in README.md."""
    layer = BatchNorm2D(1, eps=4)
    X = np.array([1.0, 3.0, 5.0, 7.0]).reshape(2, 1, 1, 2)
    np.testing.assert_allclose(layer.forward(X).ravel(), [-1, -1 / 3, 1 / 3, 1])
    np.testing.assert_allclose([layer.running_mean[0], layer.running_var[0]], [0.4, 0.9 + 0.1 * 20 / 3])
    dX = layer.backward(np.array([1.0, 0, 0, 0]).reshape(2, 1, 1, 2))
    np.testing.assert_allclose([layer.dbeta[0], layer.dgamma[0]], [1, -1])
    np.testing.assert_allclose(dX.ravel(), [1 / 6, -1 / 9, -1 / 18, 0], atol=1e-15)


def test_whole_numbers_and_constant_channels():
    """uint8 images do not wrap, and a constant channel gives beta."""
    X = np.random.default_rng(3).integers(0, 256, size=(2, 3, 4, 5)).astype(np.uint8)
    np.testing.assert_array_equal(BatchNorm2D(3).forward(X), BatchNorm2D(3).forward(X.astype(float)))
    layer = BatchNorm2D(2)
    layer.beta = np.array([0.5, -2.0])
    flat = layer.forward(np.full((2, 2, 3, 3), 7))
    np.testing.assert_allclose(flat, np.broadcast_to(layer.beta[:, None, None], flat.shape))
