"""The reference of `pooling` against PyTorch on 1,000 random cases."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from solutions.pooling import avg_pool2d, global_avg_pool, max_pool2d

torch.set_num_threads(1)  # threads cost more than they bring on arrays this small

EXAMPLE = np.array([[1, 3, 2, 4], [2, 1, 0, 3], [4, 1, 2, 0], [3, 2, 3, 2]])


def drawn_case(seed):
    """Random maps (C, H, W), pool size and stride for which at least one window fits."""
    rng = np.random.default_rng(seed)
    shape = rng.integers(1, (5, 13, 13))
    pool_size = int(rng.integers(1, min(shape[1:]) + 1))
    return rng.normal(size=shape), pool_size, int(rng.integers(1, 5))


def test_pooling_agrees_with_torch():
    for seed in range(1000):
        X, k, s = drawn_case(seed)
        maps = torch.from_numpy(X)
        assert np.array_equal([max_pool2d(x, k, s) for x in X], F.max_pool2d(maps, k, s).numpy())
        expected = F.avg_pool2d(maps, k, s).numpy()
        np.testing.assert_allclose([avg_pool2d(x, k, s) for x in X], expected, rtol=1e-10, atol=1e-12)


def test_global_avg_pool_agrees_with_torch():
    for seed in range(1000):
        X, _, _ = drawn_case(seed)
        expected = F.adaptive_avg_pool2d(torch.from_numpy(X), 1)[:, 0, 0].numpy()
        np.testing.assert_allclose(global_avg_pool(X), expected, rtol=1e-10, atol=1e-12)


def test_worked_example():
    assert max_pool2d(EXAMPLE).tolist() == [[3, 4], [4, 3]]
    assert avg_pool2d(EXAMPLE).tolist() == [[1.75, 2.25], [2.5, 1.75]]
    assert max_pool2d(EXAMPLE, 3, 1).tolist() == [[4, 4], [4, 3]]
    assert global_avg_pool(EXAMPLE[None]).tolist() == [2.0625]


@pytest.mark.parametrize("dtype", [np.uint8, np.int8, np.int64, np.float32])
def test_any_real_dtype_gives_float64(dtype):
    X = np.full((3, 3), 100, dtype=dtype)
    for Y in (max_pool2d(X), avg_pool2d(X), global_avg_pool(X[None])):
        assert Y.dtype == np.float64
        assert (Y == 100).all()
    assert (X == 100).all()
