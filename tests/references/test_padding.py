"""The reference of `padding` against PyTorch and against counting, on 1,000 random cases."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from solutions.padding import output_size, pad2d

torch.set_num_threads(1)  # threads cost more than they bring on arrays this small


def test_output_size_agrees_with_torch():
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        W, P, S = int(rng.integers(1, 40)), int(rng.integers(0, 5)), int(rng.integers(1, 6))
        k = int(rng.integers(1, W + 2 * P + 1))
        y = F.conv1d(torch.zeros(1, 1, W), torch.zeros(1, 1, k), padding=P, stride=S)
        assert output_size(W, k, P, S) == y.shape[-1]
        assert output_size(W, k, P, S) == len([i for i in range(0, W + 2 * P, S) if i + k <= W + 2 * P])


def test_pad2d_agrees_with_torch():
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        X, k = rng.normal(size=rng.integers(1, 7, size=2)), 2 * int(rng.integers(0, 4)) + 1
        for mode, P in [("valid", 0), ("same", k // 2), ("full", k - 1)]:
            assert np.array_equal(pad2d(X, k, mode), F.pad(torch.from_numpy(X), (P, P, P, P)).numpy())


def test_sizes_that_the_modes_are_named_after():
    X = np.ones((6, 9))
    for k in (1, 3, 5):
        sizes = {m: [output_size(n, k) for n in pad2d(X, k, m).shape] for m in ("valid", "same", "full")}
        assert sizes == {"valid": [7 - k, 10 - k], "same": [6, 9], "full": [5 + k, 8 + k]}


def test_worked_examples():
    assert [output_size(32, 5), output_size(64, 5, P=1, S=2), output_size(224, 7, P=3, S=2)] == [28, 31, 112]
    expected = [[0, 0, 0, 0], [0, 1, 2, 0], [0, 3, 4, 0], [0, 0, 0, 0]]
    assert pad2d(np.array([[1, 2], [3, 4]]), 3, "same").tolist() == expected
    assert pad2d(np.array([[1, 2], [3, 4]]), 2, "full").tolist() == expected


@pytest.mark.parametrize("mode", ["reflect", "SAME", "", None])
def test_other_modes_raise(mode):
    with pytest.raises(ValueError, match="mode must be one of valid, same, full"):
        pad2d(np.ones((2, 2)), 3, mode)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_any_real_dtype_gives_float64(dtype):
    X = np.full((2, 2), 200, dtype=dtype)
    assert pad2d(X, 1, "same").dtype == np.float64
    assert (X == 200).all()
