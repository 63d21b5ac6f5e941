"""The reference of `backprop` against torch, against central differences, and on the statement's examples."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from solutions.backprop import Conv2D, Dense, Flatten, MaxPool2D, ReLU

CASES = 1000


@pytest.fixture
def rng():
    """The same numbers each time."""
    return np.random.default_rng(1)


def assert_close(ours, theirs):
    """The same shape and the same values; lighter than numpy.testing, for there are many."""
    theirs = theirs.detach().numpy()
    assert ours.shape == theirs.shape
    assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-10), (ours, theirs)


def leaf(values):
    """A float64 tensor with a gradient."""
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def random_conv(rng):
    """A layer with drawn weights and an input that it can take."""
    k, stride, padding = (int(rng.integers(low, high)) for low, high in [(1, 5), (1, 4), (0, 3)])
    n, c_in, c_out = rng.integers(1, 4, size=3)
    layer = Conv2D(c_in, c_out, k, stride, padding)
    layer.W, layer.b = rng.normal(size=layer.W.shape), rng.normal(size=c_out)
    smallest = max(1, k - 2 * padding)
    return layer, rng.normal(size=(n, c_in, *(smallest + rng.integers(0, 6, size=2))))


def test_conv_against_torch(rng):
    """1,000 random layers and inputs, value and all gradients."""
    for _ in range(CASES):
        layer, X = random_conv(rng)
        x, W, b = leaf(X), leaf(layer.W), leaf(layer.b)
        y = F.conv2d(x, W, b, stride=layer.stride, padding=layer.padding)
        dout = rng.normal(size=y.shape)
        y.backward(torch.from_numpy(dout))
        assert_close(layer.forward(X), y)
        assert_close(layer.backward(dout), x.grad)
        assert_close(layer.dW, W.grad)
        assert_close(layer.db, b.grad)


def test_pool_against_torch(rng):
    """1,000 random sizes and strides, a third of the inputs full of ties: like torch, the first maximum wins."""
    for case in range(CASES):
        size, stride = rng.integers(1, 5, size=2).tolist()
        shape = (*rng.integers(1, 4, size=2), *(size + rng.integers(0, 6, size=2)))
        X = rng.integers(-2, 3, size=shape).astype(float) if case % 3 == 0 else rng.normal(size=shape)
        x, layer = leaf(X), MaxPool2D(size, stride)
        y = F.max_pool2d(x, size, stride)
        dout = rng.normal(size=y.shape)
        y.backward(torch.from_numpy(dout))
        assert_close(layer.forward(X), y)
        assert_close(layer.backward(dout), x.grad)


def test_dense_relu_flatten_against_torch(rng):
    """1,000 times Flatten, Dense, ReLU."""
    for _ in range(CASES):
        n, *rest, outs = rng.integers(1, 5, size=5)
        X, ins = rng.normal(size=(n, *rest)), int(np.prod(rest))
        flatten, dense, relu = Flatten(), Dense(ins, outs), ReLU()
        dense.b = rng.normal(size=outs)
        x, W, b = leaf(X), leaf(dense.W), leaf(dense.b)
        y = torch.relu(x.flatten(1) @ W + b)
        dout = rng.normal(size=y.shape)
        y.backward(torch.from_numpy(dout))
        assert_close(relu.forward(dense.forward(flatten.forward(X))), y)
        assert_close(flatten.backward(dense.backward(relu.backward(dout))), x.grad)
        assert_close(dense.dW, W.grad)
        assert_close(dense.db, b.grad)


@pytest.mark.parametrize("seed", range(10))
def test_network_against_central_differences(seed):
    """A whole network: every weight of the first layer and every pixel."""
    rng = np.random.default_rng(seed)
    conv = Conv2D(1, 2, 3, stride=1, padding=1)
    layers = [conv, ReLU(), MaxPool2D(3, 2), Conv2D(2, 2, 2), Flatten(), Dense(2 * 1 * 2, 3)]
    X, dout = rng.normal(size=(2, 1, 5, 7)), rng.normal(size=(2, 3))
    run(layers, X)
    gradient = dout
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
    for values, expected in [(X, gradient), (conv.W, conv.dW), (conv.b, conv.db)]:
        np.testing.assert_allclose(expected, slopes(layers, X, dout, values), rtol=1e-5, atol=1e-7)


def run(layers, X):
    """The forward pass."""
    for layer in layers:
        X = layer.forward(X)
    return X


def slopes(layers, X, dout, values, h=1e-6):
    """Central differences of sum(dout * output) for an array that it depends on."""
    result = np.zeros_like(values)
    for i in np.ndindex(values.shape):
        old = values[i]
        values[i] = old + h
        above = np.sum(dout * run(layers, X))
        values[i] = old - h
        below = np.sum(dout * run(layers, X))
        values[i] = old
        result[i] = (above - below) / (2 * h)
    return result


def test_whole_numbers(rng):
    """Images of integers give the gradients that the same images of floats give."""
    X = rng.integers(0, 256, size=(2, 1, 6, 5)).astype(np.uint8)
    dout = rng.normal(size=(2, 2, 4, 3))
    conv, pool = Conv2D(1, 2, 3), MaxPool2D()
    results = []
    for image in (X, X.astype(float)):
        conv.forward(image)
        pool.forward(image)
        results.append((conv.backward(dout), conv.dW, pool.backward(dout[:, :1, :3, :2])))
    for whole, real in zip(*results, strict=True):
        np.testing.assert_array_equal(whole, real)


def test_overlapping_and_tied_windows_hand_on_all_of_the_gradient():
    """3×3 windows with stride 1 over 5×5: the sum of dX is the sum of dout, whatever the image."""
    for X in (np.zeros((1, 1, 5, 5)), np.arange(25.0).reshape(1, 1, 5, 5)):
        layer = MaxPool2D(3, 1)
        layer.forward(X)
        assert layer.backward(np.ones((1, 1, 3, 3))).sum() == 9


def test_the_statement_s_examples():
    """The numbers in README.md."""
    conv = Conv2D(1, 1, 2)
    conv.W, conv.b = np.array([[[[1.0, 0], [0, 2]]]]), np.array([1.0])
    dout = np.array([[[[1.0, 10]]]])
    assert conv.forward(np.array([[[[1, 2, 3], [4, 5, 6]]]])).tolist() == [[[[12, 15]]]]
    assert conv.backward(dout).tolist() == [[[[1, 10, 0], [0, 2, 20]]]]
    assert conv.dW.tolist() == [[[[21, 32], [54, 65]]]]
    assert conv.db.tolist() == [11]
    pool = MaxPool2D(2, 1)
    assert pool.forward(np.array([[[[1, 9, 2], [3, 4, 5]]]])).tolist() == [[[[9, 9]]]]
    assert pool.backward(dout).tolist() == [[[[0, 11, 0], [0, 0, 0]]]]


def test_the_chapter_s_network_has_9098_parameters():
    """Two convolutions of 8 and 16 filters and a Dense of 10 classes on 28×28 images."""
    layers = [Conv2D(1, 8, 3, padding=1), Conv2D(8, 16, 3, padding=1), Dense(784, 10)]
    assert sum(layer.W.size + layer.b.size for layer in layers) == 9098
