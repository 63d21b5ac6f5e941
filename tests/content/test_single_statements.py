"""Single statements of the banks, tried."""

from __future__ import annotations

from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from tests.content.images import image

pytestmark = pytest.mark.usefixtures("in_float64")


def test_a_dilated_filter_has_nine_weights_and_spans_5x5():
    layer = nn.Conv2d(1, 1, 3, dilation=2, bias=False)
    assert layer.weight.numel() == 9
    assert layer(image(side=5)).shape[-1] == 1


def test_2x2_average_pooling_is_a_depthwise_convolution_with_quarters():
    x = image(3)
    assert torch.allclose(F.avg_pool2d(x, 2), F.conv2d(x, torch.full((3, 1, 2, 2), 0.25), stride=2, groups=3))


def test_two_2x2_poolings_are_one_of_4x4_and_not_of_3x3():
    x = image(side=12)
    twice = F.max_pool2d(F.max_pool2d(x, 2), 2)
    assert torch.equal(twice, F.max_pool2d(x, 4))
    assert twice.shape[-1] != F.max_pool2d(x, 3).shape[-1]


def test_the_gradient_of_2x2_max_pooling_is_0_at_three_of_four_places_also_with_ties():
    for x in (image(), torch.ones(1, 1, 8, 8)):
        x.requires_grad_()
        F.max_pool2d(x, 2).sum().backward()
        assert (F.unfold((x.grad != 0).double(), 2, stride=2).sum(dim=1) == 1).all()


def test_overlapping_windows_add_their_gradients_up():
    x = torch.zeros(1, 1, 3, 3)
    x[0, 0, 1, 1] = 1
    F.max_pool2d(x.requires_grad_(), 2, 1).sum().backward()
    assert x.grad[0, 0, 1, 1] == 4


def test_zeros_that_are_counted_in_lower_the_mean_at_the_border():
    ones = torch.ones(1, 1, 4, 4)
    assert F.avg_pool2d(ones, 3, 1, 1)[0, 0, 0, 0] == pytest.approx(4 / 9)
    assert F.avg_pool2d(ones, 3, 1, 1, count_include_pad=False)[0, 0, 0, 0] == 1


def test_3x3_pooling_with_stride_1_and_padding_1_keeps_the_size():
    assert F.max_pool2d(image(), 3, 1, 1).shape == image().shape


def test_quarter_turns_pass_a_convolution_whose_filter_looks_the_same_after_one():
    kernel, x = torch.randn(1, 1, 3, 3), image()
    same = sum(kernel.rot90(n, (2, 3)) for n in range(4))

    def turned(k):
        return torch.allclose(F.conv2d(x.rot90(1, (2, 3)), k), F.conv2d(x, k).rot90(1, (2, 3)))

    assert turned(same)
    assert not turned(kernel)


def test_a_head_from_2048_features_to_6_classes_has_12294_parameters():
    assert sum(p.numel() for p in nn.Linear(2048, 6).parameters()) == 12_294


def test_dropout_of_a_frozen_part_draws_in_training_mode():
    part = nn.Sequential(nn.Linear(8, 64), nn.Dropout(0.5)).requires_grad_(False)
    assert (part.train()(torch.ones(1, 8)) == 0).any()
    assert not (part.eval()(torch.ones(1, 8)) == 0).any()


def test_weights_of_variance_2_over_k_squared_c_keep_the_mean_square_through_relus():
    """Eight layers later the mean square is within a half of what it was; with 1/(k²C) it has been halved each time."""
    sizes = [64] * 9
    x = torch.randn(8, 64, 12, 12).relu() * 2**0.5
    y = z = x
    for a, b in pairwise(sizes):
        weight = torch.randn(b, a, 3, 3)
        y = F.conv2d(F.pad(y, (1, 1, 1, 1), "circular"), weight * (2 / (9 * a)) ** 0.5).relu()
        z = F.conv2d(F.pad(z, (1, 1, 1, 1), "circular"), weight * (1 / (9 * a)) ** 0.5).relu()
    kept, shrunk = (float(t.square().mean() / x.square().mean()) for t in (y, z))
    assert 0.5 < kept < 1.5
    assert shrunk == pytest.approx(kept / 2**8)
