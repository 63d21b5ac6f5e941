"""The reference of `equivariance` against torch, and what the statement lets students find."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from solutions.equivariance import equivariance_gap, invariance_gap, shift2d

X = np.array([[1, 0, 0, 2], [0, 5, 3, 0], [0, 4, 2, 0], [0, 0, 0, 0]])
KERNEL = torch.tensor([[0.0, 1, 0], [2, -3, 1], [0, 1, 5]], dtype=torch.float64)[None, None]


def convolution(stride, mode):
    """A 3×3 convolution of (H, W), padded by one pixel of zeros (`constant`) or of the opposite edge (`circular`)."""

    def f(image):
        padded = F.pad(torch.tensor(image, dtype=torch.float64)[None, None], (1, 1, 1, 1), mode)
        return F.conv2d(padded, KERNEL, stride=stride)[0, 0].numpy()

    return f


def by_torch(f, image, dy, dx, stride):
    moved = torch.tensor(f(torch.roll(torch.tensor(image), (dy, dx), (-2, -1)).numpy()))
    return float((moved - torch.roll(torch.tensor(f(image)), (dy // stride, dx // stride), (-2, -1))).abs().max())


@pytest.mark.parametrize("mode", ["constant", "circular"])
@pytest.mark.parametrize(("stride", "dy", "dx"), [(1, 1, -3), (2, 2, 4), (2, -6, 0)])
def test_against_torch(mode, stride, dy, dx):
    image, f = np.random.default_rng(0).normal(size=(8, 6)), convolution(stride, mode)
    assert np.array_equal(shift2d(image, dy, dx), torch.roll(torch.tensor(image), (dy, dx), (-2, -1)).numpy())
    assert equivariance_gap(f, image, dy, dx, stride) == pytest.approx(by_torch(f, image, dy, dx, stride), abs=1e-12)


def test_zero_padding_breaks_equivariance_at_the_border_and_nowhere_else():
    inside = np.pad(X, 2)
    assert equivariance_gap(convolution(1, "circular"), X, 1, 1) == 0
    assert equivariance_gap(convolution(1, "constant"), X, 1, 1) > 0
    assert equivariance_gap(convolution(1, "constant"), inside, 1, 1) == 0


def test_a_strided_convolution_moves_along_with_multiples_of_its_stride_only():
    f = convolution(2, "circular")
    assert equivariance_gap(f, X, 2, 0, stride=2) == 0
    outputs = [shift2d(f(X), dy, dx) for dy in range(2) for dx in range(2)]
    assert not any(np.array_equal(f(shift2d(X, 1, 0)), output) for output in outputs)
    with pytest.raises(ValueError, match="does not divide"):
        equivariance_gap(f, X, 1, 0, stride=2)


def test_pooling_is_invariant_for_some_images_and_global_pooling_behind_a_cyclic_filter_for_all():
    def pooled(image):
        return np.max([image[i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0)

    spike = np.zeros((4, 4))
    spike[0, 0] = 1
    assert invariance_gap(pooled, spike, 0, 1) == 0
    assert invariance_gap(pooled, shift2d(spike, 0, 1), 0, 1) == 1
    for dy, dx in [(1, 0), (2, 3)]:
        assert invariance_gap(lambda image: convolution(1, "circular")(image).mean(), X, dy, dx) == 0
    assert invariance_gap(lambda image: convolution(1, "constant")(image).mean(), X, 2, 1) > 0


def test_the_statements_numbers():
    """The numbers in README.md."""
    image = np.arange(1, 13).reshape(3, 4)
    assert shift2d(image, 1, 2).tolist() == [[11, 12, 9, 10], [3, 4, 1, 2], [7, 8, 5, 6]]

    def padded(image):
        return np.diff(image, axis=-1, prepend=0)

    def cyclic(image):
        return image - np.roll(image, 1, axis=-1)

    assert [equivariance_gap(f, X, 0, 1) for f in (cyclic, padded)] == [0, 3]
    assert equivariance_gap(padded, X, 1, 0) == 0
    assert invariance_gap(lambda image: np.mean(cyclic(image)), X, 0, 1) == 0
    assert invariance_gap(lambda image: np.mean(padded(image)), X, 0, 1) > 0
