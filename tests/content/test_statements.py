"""The statements' conditions, tried: what holds under a condition, and fails without it, in small experiments."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from generators.statements import BANKS
from tests.content.images import image

pytestmark = pytest.mark.usefixtures("in_float64")


def outcomes(theme, claim, experiments):
    """Whether the claim held under each condition; the experiments are those of the bank, and all of them."""
    found = next(entry for entry in BANKS[theme].conditions if entry.claim.startswith(claim))
    assert set(experiments) == {found.holds, *(text for text, _, _ in found.others)}
    return {text: bool(happens()) for text, happens in experiments.items()} == {
        text: text == found.holds for text in experiments
    }


def moves_along(stride, mode):
    """Whether a shift by one pixel moves the output by a whole number of its pixels."""
    layer = nn.Conv2d(1, 1, 3, stride, 1, bias=False, padding_mode=mode)
    x = image()
    moved, still = layer(x.roll(1, -1)), layer(x)
    return any(torch.allclose(moved, still.roll(n, -1)) for n in range(8))


def test_equivariance_wants_stride_1_and_cyclic_padding():
    assert outcomes("convolution", "A convolution with any filter", {
        "stride 1 and cyclic padding": lambda: moves_along(1, "circular"),
        "stride 2 and cyclic padding": lambda: moves_along(2, "circular"),
        "stride 1 and zero padding": lambda: moves_along(1, "zeros"),
        "stride 2 and zero padding": lambda: moves_along(2, "zeros"),
    })  # fmt: skip


def keeps_the_size(k, P, stride):
    return all(nn.Conv2d(1, 1, k, stride, P)(image(side=n)).shape[-1] == n for n in (8, 9, 15))


def test_the_size_is_kept_with_p_of_half_f_minus_1_at_stride_1():
    assert outcomes("convolution", "The output of the convolution", {
        "F = 5, P = 2, stride 1, dilation 1": lambda: keeps_the_size(5, 2, 1),
        "F = 5, P = 1, stride 1, dilation 1": lambda: keeps_the_size(5, 1, 1),
        "F = 4, P = 2, stride 1, dilation 1": lambda: keeps_the_size(4, 2, 1),
        "F = 5, P = 2, stride 2, dilation 1": lambda: keeps_the_size(5, 2, 2),
    })  # fmt: skip


def additive(f, a=None, b=None):
    a, b = image() if a is None else a, image() if b is None else b
    return torch.allclose(f(a + b), f(a) + f(b))


def symmetric():
    layer = nn.Conv2d(1, 1, 3)
    layer.weight.data = layer.weight + layer.weight.flip(2, 3)
    return layer


def test_sums_pass_a_convolution_without_biases():
    assert outcomes("convolution", "A convolution of a + b", {
        "the layer has no biases": lambda: additive(nn.Conv2d(1, 2, 3, stride=2, padding=1, bias=False)),
        "the layer has stride 1": lambda: additive(nn.Conv2d(1, 2, 3)),
        "the layer has no padding": lambda: additive(nn.Conv2d(1, 2, 3, stride=2)),
        "the filters are symmetric": lambda: additive(symmetric()),
    })  # fmt: skip


def two(bias, *between):
    return nn.Sequential(nn.Conv2d(1, 3, 3, bias=bias), *between, nn.Conv2d(3, 1, 3, bias=bias))


def test_two_convolutions_are_linear_without_activation_and_biases():
    assert outcomes("convolution", "Two stacked convolutions", {
        "no activation between them and no biases": lambda: additive(two(False)),
        "ReLU between them and no biases": lambda: additive(two(False, nn.ReLU())),
        "no activation between them, and biases": lambda: additive(two(True)),
        "3×3 filters and stride 1 in both": lambda: additive(two(True, nn.ReLU())),
    })  # fmt: skip


def depends_on_one_channel(layer):
    x = image(4).requires_grad_()
    gradients = [torch.autograd.grad(out.sum(), x, retain_graph=True)[0] for out in layer(x)[0]]
    return all((g.abs().sum(dim=(0, 2, 3)) > 0).sum() == 1 for g in gradients)


def test_only_as_many_groups_as_channels_keep_channels_apart():
    assert outcomes("convolution", "Each output channel", {
        "as many groups as input channels": lambda: depends_on_one_channel(nn.Conv2d(4, 8, 3, groups=4)),
        "filters of 1×1": lambda: depends_on_one_channel(nn.Conv2d(4, 4, 1)),
        "as many filters as input channels": lambda: depends_on_one_channel(nn.Conv2d(4, 4, 3)),
        "a stride as large as the filter": lambda: depends_on_one_channel(nn.Conv2d(4, 4, 2, stride=2)),
    })  # fmt: skip


def invariant(pool):
    x = image()
    return all(torch.allclose(pool(x), pool(x.roll((n, n + 1), (-2, -1)))) for n in range(4))


def test_global_pooling_alone_is_invariant_to_cyclic_shifts():
    assert outcomes("pooling", "Any cyclic shift", {
        "global average pooling": lambda: invariant(nn.AdaptiveAvgPool2d(1)),
        "2×2 max pooling with stride 2": lambda: invariant(nn.MaxPool2d(2)),
        "2×2 average pooling with stride 1": lambda: invariant(nn.AvgPool2d(2, 1)),
        "4×4 max pooling with stride 4": lambda: invariant(nn.MaxPool2d(4)),
    })  # fmt: skip


def test_sixteen_values_of_64_are_left_by_2x2_windows_of_stride_2():
    assert outcomes("pooling", "Of a map of 8×8", {
        f"{k}×{k} windows with stride {s}": lambda k=k, s=s: F.max_pool2d(image(), k, s).numel() == 16
        for k, s in [(2, 2), (4, 4), (2, 1), (3, 3)]
    })  # fmt: skip


def exchanged(pool, f):
    x = image()
    return torch.allclose(pool(f(x)), f(pool(x)))


def test_max_pooling_and_relu_change_places():
    assert outcomes("pooling", "Pooling and the activation", {
        "max pooling and ReLU": lambda: exchanged(nn.MaxPool2d(2), torch.relu),
        "average pooling and ReLU": lambda: exchanged(nn.AvgPool2d(2), torch.relu),
        "max pooling and the absolute value": lambda: exchanged(nn.MaxPool2d(2), torch.abs),
        "average pooling and the square": lambda: exchanged(nn.AvgPool2d(2), torch.square),
    })  # fmt: skip


def test_sums_pass_average_pooling():
    positive = image().abs(), image().abs()
    assert outcomes("pooling", "Pooling a + b", {
        "average pooling": lambda: additive(nn.AvgPool2d(3, 2)),
        "max pooling": lambda: additive(nn.MaxPool2d(3, 2)),
        "max pooling of maps without negative values": lambda: additive(nn.MaxPool2d(2), *positive),
        "max pooling with windows that do not overlap": lambda: additive(nn.MaxPool2d(2)),
    })  # fmt: skip


def never_negative(*before, side=2):
    return (nn.Sequential(*before, nn.MaxPool2d(side))(-10 + image(side=36)) >= 0).all()


def test_relu_before_max_pooling_leaves_nothing_negative():
    assert outcomes("pooling", "No output of max pooling", {
        "ReLU before the pooling": lambda: never_negative(nn.ReLU()),
        "batch norm before the pooling": lambda: never_negative(nn.BatchNorm2d(1)),
        "windows of 3×3 instead of 2×2": lambda: never_negative(side=3),
        "average pooling before the pooling": lambda: never_negative(nn.AvgPool2d(2)),
    })  # fmt: skip


def gives_back(block):
    x = image(2)
    return torch.allclose(block(x), x)


def test_a_block_is_the_identity_without_its_branch_and_its_last_relu():
    projection = nn.Conv2d(2, 2, 1, bias=False)
    assert outcomes("residual", "The block gives back its input", {
        "the branch gives 0 and no ReLU follows the addition": lambda: gives_back(lambda x: 0 * x + x),
        "the branch gives 0 and a ReLU follows the addition": lambda: gives_back(lambda x: torch.relu(0 * x + x)),
        "the branch gives back its input and no ReLU follows": lambda: gives_back(lambda x: x + x),
        "the branch gives 0 and the shortcut is a 1×1 convolution": lambda: gives_back(projection),
    })  # fmt: skip


def slope(F, x):
    x = torch.tensor(x, requires_grad=True)
    return float(torch.autograd.grad(F(x) + x, x)[0])


def test_the_sum_has_a_derivative_of_1_or_more_where_the_branch_does_not_fall():
    assert outcomes("residual", "For a scalar x, the derivative", {
        "dF/dx ≥ 0": lambda: all(slope(F, x) >= 1 for F in (torch.exp, torch.tanh) for x in (-2.0, 0.0, 3.0)),
        "F(x) ≥ 0": lambda: slope(lambda x: 5 - x, 1.0) >= 1,
        "x ≥ 0": lambda: slope(torch.cos, 1.0) >= 1,
        "−1 ≤ dF/dx ≤ 1": lambda: slope(lambda x: -x, 1.0) >= 1,
    })  # fmt: skip


def test_one_factor_of_0_makes_the_product_0():
    def product(*a):
        return torch.prod(1 + torch.tensor(a)) != 0

    assert outcomes("residual", "The product of the factors", {
        "no a is −1": lambda: product(0, 3.0, -0.5, -2),
        "no a is 0": lambda: product(-1.0, 2),
        "every a is between −1 and 1, both included": lambda: product(-1.0, 1),
        "the sum of all a is positive": lambda: product(-1.0, 2, 3),
    })  # fmt: skip


def addable(branch):
    x = image(4)
    return branch(x).shape == x.shape


def test_an_identity_shortcut_wants_stride_1_and_equal_channels():
    assert outcomes("residual", "The shortcut can be an identity", {
        "stride 1 and as many channels after the block as before it": lambda: addable(nn.Conv2d(4, 4, 3, 1, 1)),
        "stride 2 and as many channels after the block as before it": lambda: addable(nn.Conv2d(4, 4, 3, 2, 1)),
        "stride 1 and twice as many channels after the block": lambda: addable(nn.Conv2d(4, 8, 3, 1, 1)),
        "batch norm after every convolution of the branch": lambda: addable(
            nn.Sequential(nn.Conv2d(4, 8, 3, 2, 1), nn.BatchNorm2d(8))
        ),
    })  # fmt: skip


def stays(*, given=True, rate=0.1, late=False):
    """Whether a step leaves a parameter that has a gradient where it is."""
    net, other = nn.Linear(2, 1), nn.Linear(2, 1)
    optimiser = torch.optim.SGD((net if given else other).parameters(), lr=rate)
    net.eval()(torch.ones(1, 2)).sum().backward()
    net.requires_grad_(not late)
    before = net.weight.detach().clone()
    optimiser.step()
    return torch.equal(net.weight, before)


def test_an_optimiser_moves_what_it_was_given_and_nothing_else():
    assert outcomes("transfer", "A step of the optimiser", {
        "the optimiser was built without it": lambda: stays(given=False),
        "eval() was called before": stays,
        "its learning rate is small": lambda: stays(rate=1e-4),
        "requires_grad was set to False after backward()": lambda: stays(late=True),
    })  # fmt: skip


def statistics_stay(*, evaluation=False, frozen=False, rate=None):
    norm = nn.BatchNorm2d(1).train(not evaluation).requires_grad_(not frozen)
    before = norm.running_mean.clone()
    loss = norm(3 + image()).square().sum()
    if rate is not None:
        loss.backward()
        torch.optim.SGD(norm.parameters(), lr=rate).step()
    return torch.equal(norm.running_mean, before)


def test_statistics_stay_in_evaluation_mode_alone():
    assert outcomes("transfer", "The running statistics", {
        "the layer is in evaluation mode": lambda: statistics_stay(evaluation=True, rate=0.1),
        "its weight and bias have requires_grad = False": lambda: statistics_stay(frozen=True),
        "the optimiser was built without it": statistics_stay,
        "the learning rate is 0": lambda: statistics_stay(rate=0),
    })  # fmt: skip


def same_features(*, training, crop=False, frozen=False):
    layers = nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.Dropout(0.5)
    net = nn.Sequential(*layers).train(training).requires_grad_(not frozen)
    x = image(side=12)
    first, second = (net(x[:, :, n : n + 8, n : n + 8]) for n in ((0, 3) if crop else (0, 0)))
    return torch.equal(first, second)


def test_features_are_the_same_in_evaluation_mode_for_the_same_crop():
    assert outcomes("transfer", "Two passes of one image", {
        "evaluation mode, and the same crop both times": lambda: same_features(training=False),
        "requires_grad = False everywhere, in training mode": lambda: same_features(training=True, frozen=True),
        "evaluation mode, and a random crop each time": lambda: same_features(training=False, crop=True),
        "training mode, and no optimiser": lambda: same_features(training=True),
    })  # fmt: skip


def reached(*, own, given=False, steps=0):
    """Whether the first of two layers gets gradients, the second being frozen and in training mode."""
    first, frozen, head = (nn.Linear(2, 2) for _ in range(3))
    first.requires_grad_(own)
    for _ in range(steps):
        frozen(torch.ones(1, 2)).sum().backward()
    frozen.train().requires_grad_(False)
    if given:
        torch.optim.SGD(frozen.parameters(), lr=0.1)
    head(frozen(first(torch.ones(1, 2)))).sum().backward()
    return first.weight.grad is not None


def test_gradients_go_through_a_frozen_layer_to_what_asks_for_them():
    assert outcomes("transfer", "backward() computes gradients", {
        "the layer's own weights require gradients": lambda: reached(own=True),
        "the frozen one is in training mode": lambda: reached(own=False),
        "the optimiser was given the frozen one's weights": lambda: reached(own=False, given=True),
        "the frozen one has been trained before": lambda: reached(own=False, steps=1),
    })  # fmt: skip
