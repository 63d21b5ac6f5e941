"""The reference of `loss` against PyTorch's autograd, central differences and exact values."""

import math

import numpy as np
import pytest
import torch

from solutions.loss import softmax_cross_entropy

torch.set_num_threads(1)  # threads cost more than they bring on arrays this small


def drawn_case(seed):
    """Random logits (N, K), from small to large, with their labels."""
    rng = np.random.default_rng(seed)
    N, K = rng.integers(1, 9), rng.integers(2, 12)
    scale = 10.0 ** rng.integers(-1, 5)
    return scale * rng.normal(size=(N, K)), rng.integers(0, K, size=N)


def test_loss_and_gradient_agree_with_torch():
    for seed in range(1000):
        logits, labels = drawn_case(seed)
        loss, dlogits = softmax_cross_entropy(logits, labels)
        x = torch.from_numpy(logits).requires_grad_()
        expected = torch.nn.functional.cross_entropy(x, torch.from_numpy(labels))
        expected.backward()
        assert loss == pytest.approx(expected.item(), rel=1e-10, abs=1e-12)
        np.testing.assert_allclose(dlogits, x.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_gradient_agrees_with_central_differences():
    step = 1e-5
    for seed in range(100):
        rng = np.random.default_rng(seed)
        N, K = rng.integers(1, 6, size=2)
        logits, labels = rng.normal(size=(N, K)), rng.integers(0, K, size=N)
        _, dlogits = softmax_cross_entropy(logits, labels)
        for index in np.ndindex(N, K):
            nudge = np.zeros((N, K))
            nudge[index] = step
            above, _ = softmax_cross_entropy(logits + nudge, labels)
            below, _ = softmax_cross_entropy(logits - nudge, labels)
            assert dlogits[index] == pytest.approx((above - below) / (2 * step), abs=1e-8)


def test_worked_example():
    loss, dlogits = softmax_cross_entropy(np.log([[1, 2, 5], [4, 4, 2]]), np.array([2, 0]))
    assert loss == pytest.approx(math.log(2))
    np.testing.assert_allclose(dlogits, [[0.0625, 0.125, -0.1875], [-0.3, 0.2, 0.1]])


@pytest.mark.parametrize(
    "logits, label, loss",
    [
        ([1e4, -1e4, 0.0], 1, 2e4),
        ([1e4, -1e4, 0.0], 0, 0.0),
        ([-1e4, -1e4], 0, math.log(2)),
        ([100.0, 0.0], 1, 100.0),
    ],
)
def test_extreme_logits(logits, label, loss):
    actual, dlogits = softmax_cross_entropy(np.array([logits]), np.array([label]))
    assert actual == pytest.approx(loss)
    assert np.isfinite(dlogits).all()
    assert dlogits.sum() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.float32])
def test_any_real_dtype_gives_float64(dtype):
    logits, labels = np.array([[3, 0, 5]], dtype=dtype), np.array([0], dtype=np.uint8)
    loss, dlogits = softmax_cross_entropy(logits, labels)
    assert loss == pytest.approx(math.log(1 + math.exp(-3) + math.exp(2)))
    assert dlogits.dtype == np.float64
    assert logits.tolist() == [[3, 0, 5]]
