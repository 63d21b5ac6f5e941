"""The reference of `conv` against PyTorch on random cases, and against its defining sum."""

import numpy as np
import pytest
import torch

from solutions.conv import conv2d, conv2d_multichannel

torch.set_num_threads(1)  # threads cost more than they bring on arrays this small


def drawn_case(seed):
    """Random sizes, stride and padding for which at least one window fits."""
    rng = np.random.default_rng(seed)
    stride, padding = int(rng.integers(1, 4)), int(rng.integers(0, 4))
    size = rng.integers(1, 10, size=2)
    kernel = [rng.integers(1, min(n + 2 * padding, 5) + 1) for n in size]
    c_in, c_out = rng.integers(1, 5, size=2)
    X, K = rng.normal(size=(c_in, *size)), rng.normal(size=(c_out, c_in, *kernel))
    return X, K, rng.normal(size=c_out), stride, padding


def torch_conv(X, K, b, stride, padding):
    X, K, b = (torch.from_numpy(a) for a in (X, K, b))
    return torch.nn.functional.conv2d(X[None], K, b, stride=stride, padding=padding)[0].numpy()


def test_conv2d_agrees_with_torch():
    for seed in range(1000):
        X, K, _, stride, padding = drawn_case(seed)
        expected = torch_conv(X[:1], K[:1, :1], np.zeros(1), stride, padding)[0]
        np.testing.assert_allclose(conv2d(X[0], K[0, 0], stride, padding), expected, rtol=1e-10, atol=1e-12)


def test_conv2d_multichannel_agrees_with_torch():
    for seed in range(1000):
        X, K, b, stride, padding = drawn_case(seed)
        actual = conv2d_multichannel(X, K, b, stride, padding)
        np.testing.assert_allclose(actual, torch_conv(X, K, b, stride, padding), rtol=1e-10, atol=1e-12)


def test_conv2d_is_the_defining_sum():
    rng = np.random.default_rng(0)
    X, K = rng.integers(-9, 10, size=(6, 8)), rng.integers(-3, 4, size=(3, 2))
    Y = conv2d(X, K, stride=2)
    assert Y.shape == (2, 4)
    for i, j in np.ndindex(*Y.shape):
        assert Y[i, j] == sum(X[2 * i + m, 2 * j + n] * K[m, n] for m, n in np.ndindex(3, 2))


def test_worked_examples():
    X = np.array([[1, 2, 3, 0], [0, 1, 2, 3], [3, 0, 1, 2], [2, 1, 0, 1]])
    K = np.array([[1, 0, -1]] * 3)
    assert conv2d(X, K).tolist() == [[-2, -2], [2, -4]]
    assert conv2d(X, K, stride=2, padding=1).tolist() == [[-3, 0], [-2, -4]]
    checkerboard = 1 - np.indices((4, 4)).sum(axis=0) % 2
    assert conv2d(checkerboard, np.eye(2)).tolist() == [[2, 0, 2], [0, 2, 0], [2, 0, 2]]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int32, np.int64, np.float32, np.float64])
def test_any_real_dtype_gives_float64(dtype):
    X, K = np.full((3, 3), 100, dtype=dtype), np.full((2, 2), 3, dtype=dtype)
    for Y in (conv2d(X, K), conv2d_multichannel(X[None], K[None, None], np.zeros(1, dtype=dtype))):
        assert Y.dtype == np.float64
        assert (Y == 1200).all()


def test_inputs_are_left_alone():
    X, K, b = np.ones((2, 4, 4)), np.ones((3, 2, 2, 2)), np.ones(3)
    conv2d_multichannel(X, K, b, stride=2, padding=1)
    assert all((a == 1).all() for a in (X, K, b))
