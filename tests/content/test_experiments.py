"""What hints, statements and rubrics say, tried: one small experiment for each claim that can be computed."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F
from torch.overrides import TorchFunctionMode

from solutions.loss import softmax_cross_entropy
from solutions.resnet import ResNet18

CORNERS = [(-1, -1), (-1, 1), (1, -1), (1, 1)]


pytestmark = pytest.mark.usefixtures("in_float64")


def cut_in_four(kernel):
    """Shifts by the four corners (4, 1, 3, 3), and for each the part of the 5×5 kernel that it carries (1, 4, 3, 3)."""
    shifts, parts, left = torch.zeros(4, 1, 3, 3), torch.zeros(1, 4, 3, 3), kernel.clone()
    for n, (dy, dx) in enumerate(CORNERS):
        block = left[1 + dy : 4 + dy, 1 + dx : 4 + dx]
        shifts[n, 0, 1 + dy, 1 + dx] = 1
        parts[0, n] = block
        block.zero_()
    return shifts, parts


def reachable(channels, middle):
    """In how many directions the 5×5 kernel of two stacked 3×3 convolutions can move: the rank of its derivative."""
    points = torch.zeros(channels, channels, 9, 9)
    points[range(channels), range(channels), 4, 4] = 1

    def response(first, second):
        return F.conv2d(F.conv2d(points, first), second).flatten()

    weights = torch.randn(middle, channels, 3, 3), torch.randn(channels, middle, 3, 3)
    derivatives = torch.autograd.functional.jacobian(response, weights)
    return int(torch.linalg.matrix_rank(torch.cat([d.flatten(1) for d in derivatives], dim=1)))


def test_two_stacked_3x3_convolutions_with_four_channels_in_between_give_any_5x5():
    kernel, image = torch.randn(5, 5), torch.randn(1, 1, 12, 10)
    shifts, parts = cut_in_four(kernel)
    assert torch.allclose(F.conv2d(F.conv2d(image, shifts), parts), F.conv2d(image, kernel[None, None]))


def test_with_equal_widths_two_stacked_3x3_convolutions_reach_17_of_25_degrees_of_freedom():
    assert reachable(1, 1) == 17
    assert reachable(2, 2) == 17 * 2**2 < 25 * 2**2


def hooked(image):
    """Whether a hook on the gradient of a frozen layer's output is called for this image, with a head that learns."""
    frozen, head, seen = nn.Conv2d(1, 2, 3).requires_grad_(False), nn.Linear(2, 1), []
    maps = frozen(image)
    if maps.requires_grad:
        maps.register_hook(seen.append)
    head(maps.mean(dim=(2, 3))).sum().backward()
    return bool(seen)


def test_gradients_pass_a_frozen_layer_and_hooks_fire():
    image = torch.randn(1, 1, 5, 5, requires_grad=True)
    assert hooked(image)
    assert image.grad.abs().sum() > 0


def test_no_hook_fires_where_neither_the_image_nor_anything_up_to_the_layer_requires_a_gradient():
    assert not hooked(torch.randn(1, 1, 5, 5))


def test_the_geometric_mean_of_the_factors_decides_whether_a_product_vanishes():
    mostly_above, mostly_below = [0.01, 2, 2, 2], [5, 0.9, 0.9, 0.9]
    for factors, vanishes in [(mostly_above, True), (mostly_below, False)]:
        assert (np.exp(np.mean(np.log(factors))) < 1) == vanishes
        assert (math.prod(factors * 100) < 1e-9) == vanishes
    assert math.prod([0.5, 3, 2]) == 3


def test_factors_below_1_alone_need_not_make_a_product_vanish():
    factors = [1 - 1 / k**2 for k in range(2, 100_000)]
    assert max(factors) < 1
    assert math.prod(factors) == pytest.approx(0.5, abs=1e-4)


def test_a_3x3_field_plus_global_pooling_tells_bars_of_20_and_50_pixels():
    bars = torch.zeros(2, 1, 9, 64)
    bars[0, 0, 4, 5:25] = bars[1, 0, 4, 5:55] = 1
    inside_a_bar = torch.ones(1, 1, 1, 3)
    seen = F.relu(F.conv2d(bars, F.pad(inside_a_bar, (0, 0, 1, 1))) - 2).sum(dim=(1, 2, 3))
    assert seen.tolist() == [18, 48]


def test_minus_log_of_p_plus_1e_8_stays_below_18_43_where_the_loss_is_100():
    assert 18.42 < -math.log(0 + 1e-8) < 18.43
    assert softmax_cross_entropy(np.array([[100.0, 0.0]]), np.array([1]))[0] == pytest.approx(100)


def test_most_of_vgg_16_is_in_its_three_fully_connected_layers():
    widths = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = sum((9 * a + 1) * b for a, b in pairwise(widths))
    dense = sum((a + 1) * b for a, b in [(512 * 7 * 7, 4096), (4096, 4096), (4096, 1000)])
    assert round((convolutions + dense) / 1e6) == 138
    assert round(100 * dense / (convolutions + dense), 1) == 89.4


class Called(TorchFunctionMode):
    """Notes the name of every torch function that is called inside the block."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def __torch_function__(self, function, types, args=(), kwargs=None):
        self.names.add(getattr(function, "__name__", ""))
        return function(*args, **(kwargs or {}))


def test_the_course_s_resnet_has_no_pooling_but_the_global_average():
    net = ResNet18().eval()
    with Called() as called:
        net(torch.zeros(1, 3, 8, 8))
    assert "conv2d" in called.names
    assert not called.names & {"max_pool2d", "avg_pool2d"}


def weights(layer):
    return sum(p.numel() for p in layer.parameters())


def test_stem_depthwise_layer_and_classifier_are_linear_in_the_width_an_inner_convolution_is_not():
    def ratio(layer):
        return weights(layer(64)) / weights(layer(32))

    assert ratio(lambda C: nn.Conv2d(3, C, 3, bias=False)) == 2
    assert ratio(lambda C: nn.Conv2d(C, C, 3, groups=C, bias=False)) == 2
    assert ratio(lambda C: nn.Linear(C, 1000, bias=False)) == 2
    assert ratio(lambda C: nn.Conv2d(C, C, 3, bias=False)) == 4


def test_the_input_reaches_the_end_of_residual_blocks_on_a_path_without_weights():
    x, added = torch.randn(4), []
    y = x
    for block in [nn.Linear(4, 4) for _ in range(5)]:
        added.append(block(torch.tanh(y)))
        y = y + added[-1]
    assert torch.allclose(y, x + sum(added))


def test_pytorch_does_not_flip_the_filter():
    image, kernel = torch.zeros(1, 1, 3, 3), torch.arange(9.0).reshape(1, 1, 3, 3)
    image[0, 0, 0, 0] = 1
    assert F.conv2d(image, kernel).item() == kernel[0, 0, 0, 0]


@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 0), (1, 1), (2, 1)])
def test_dx_is_a_full_correlation_of_the_spread_gradient_then_cropped(stride, padding):
    X, K = torch.randn(1, 1, 7, 9, requires_grad=True), torch.randn(1, 1, 3, 3)
    Y = F.conv2d(X, K, stride=stride, padding=padding)
    dout = torch.randn(Y.shape)
    Y.backward(dout)
    spread = torch.zeros(1, 1, 5 + 2 * padding, 7 + 2 * padding)
    spread[:, :, ::stride, ::stride] = dout
    padded = F.conv2d(spread, K.flip(2, 3), padding=2)
    inside = padded[:, :, padding : padding + 7, padding : padding + 9]
    assert torch.allclose(X.grad, inside)


@pytest.mark.parametrize("decay", [0, 0.1])
@pytest.mark.parametrize("old", [None, 0.0, 1.0])
def test_weight_decay_moves_a_frozen_parameter_only_where_it_still_has_a_gradient(decay, old):
    parameter = nn.Parameter(torch.ones(1))
    optimizer = torch.optim.Adam([parameter], lr=0.1, weight_decay=decay)
    parameter.grad = None if old is None else torch.full((1,), old)
    parameter.requires_grad_(False)
    optimizer.step()
    assert (parameter.item() != 1) == (old is not None and (old != 0 or decay != 0))


def additive(f):
    """Whether f(a + b) = f(a) + f(b), for two images."""
    a, b = torch.randn(2, 1, 1, 8, 8)
    return torch.allclose(f(a + b), f(a) + f(b))


def test_max_pooling_is_not_linear_average_pooling_is():
    assert not additive(lambda x: F.max_pool2d(x, 2))
    assert additive(lambda x: F.avg_pool2d(x, 2))


def test_two_convolutions_are_linear_without_biases_and_affine_with_them():
    bare = nn.Sequential(nn.Conv2d(1, 3, 3, bias=False), nn.Conv2d(3, 1, 3, bias=False))
    biased = nn.Sequential(nn.Conv2d(1, 3, 3), nn.Conv2d(3, 1, 3))
    at_zero = biased(torch.zeros(1, 1, 8, 8))
    assert additive(bare)
    assert not additive(biased)
    assert additive(lambda x: biased(x) - at_zero)


@pytest.mark.parametrize("W", [31, 32])
def test_p_of_half_f_minus_1_keeps_the_size_for_odd_f_stride_1_and_dilation_1(W):
    def width(filter_size, P, S=1, d=1):
        return nn.Conv2d(1, 1, filter_size, S, P, dilation=d)(torch.zeros(1, 1, W, W)).shape[-1]

    assert [width(n, (n - 1) // 2) for n in (3, 5, 7)] == [W] * 3
    assert width(4, 2) == W + 1
    assert width(5, 2, S=2) == math.ceil(W / 2)
    assert width(5, 2, d=3) < W == width(5, 3 * 2, d=3)


def test_where_exponentials_and_small_integers_end():
    """The limits that hints name: of exp in float64, and of a pair of classes in one number of eight bits."""
    with np.errstate(over="ignore"):
        assert np.isfinite(np.exp(709.0))
        assert np.isinf(np.exp(710.0))
    assert np.exp(-745.0) > 0 == np.exp(-746.0)
    assert float("3e-324") > 0 == float("2e-324")
    for dtype, most in [("int8", 11), ("uint8", 16)]:
        assert most**2 - 1 <= np.iinfo(dtype).max < (most + 1) ** 2 - 1


def test_the_tanh_form_of_gelu_is_off_by_up_to_5e_4():
    x = torch.linspace(-6, 6, 10_001)
    assert round(float((F.gelu(x) - F.gelu(x, approximate="tanh")).abs().max()), 4) == 5e-4


SOURCES = Path(__file__).parents[2] / "docs" / "inside" / "sources.md"
ROWS = [line.strip("| ").split(" | ") for line in SOURCES.read_text("utf-8").splitlines() if "| `" in line]


@pytest.mark.parametrize("row", [row for row in ROWS if len(row) == 4], ids=lambda row: row[0])
def test_a_number_with_a_source_stands_where_it_is_said_to(row):
    number, _, file, source = row
    text = (SOURCES.parents[2] / file.strip("`")).read_text(encoding="utf-8")
    assert number in text
    assert source
