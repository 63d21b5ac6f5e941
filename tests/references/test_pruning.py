"""The reference of `pruning` against plain sorting, torch's own pruning, and the protocol written out."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn.utils import prune

from solutions.pruning import lottery_ticket, prune_smallest

CASES = 1000


def random_case(rng):
    """A dict of weights of one to four dimensions, and masks."""
    shapes = [tuple(rng.integers(1, 6, size=rng.integers(1, 5)).tolist()) for _ in range(3)]
    weights = {f"w{i}": rng.normal(size=shape) for i, shape in enumerate(shapes)}
    alive = rng.uniform(0, 1)
    return weights, {name: rng.uniform(size=w.shape) < alive for name, w in weights.items()}


def by_sorting(weight, mask, fraction):
    """The same with a sorted list of (magnitude, index)."""
    survivors = sorted((abs(weight[i]), i) for i in np.ndindex(*weight.shape) if mask[i])
    expected = mask.copy()
    for _, i in survivors[: int(fraction * len(survivors))] if weight.ndim > 1 else []:
        expected[i] = False
    return expected


def test_against_sorting():
    """1,000 random dicts of weights and masks; inputs stay as they are."""
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        weights, masks = random_case(rng)
        fraction = float(rng.uniform(0, 0.9))
        before = {name: mask.copy() for name, mask in masks.items()}
        found = prune_smallest(weights, masks, fraction)
        assert found.keys() == masks.keys()
        for name, mask in masks.items():
            assert np.array_equal(found[name], by_sorting(weights[name], before[name], fraction))
            assert np.array_equal(mask, before[name])


def test_against_torch():
    """200 matrices: torch.nn.utils.prune removes the same weights when told how many."""
    rng = np.random.default_rng(2)
    for _ in range(200):
        layer = nn.Linear(*rng.integers(2, 8, size=2).tolist(), bias=False)
        weight = layer.weight.detach().numpy().copy()
        found = prune_smallest({"w": weight}, {"w": np.ones_like(weight)}, 0.3)["w"]
        prune.l1_unstructured(layer, "weight", amount=int(0.3 * weight.size))
        assert np.array_equal(found, layer.weight_mask.numpy())


def sgd(x, y):
    """A training function: three steps of gradient descent; notes the start of each call."""
    starts = []

    def train(model):
        starts.append({name: p.detach().clone() for name, p in model.named_parameters()})
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        for _ in range(3):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()

    return train, starts


@pytest.mark.slow
def test_protocol():
    """Real training: every round starts from the masked initial values, and counts follow from the survivors."""
    torch.manual_seed(3)
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(36, 3))
    initial = {name: p.detach().clone() for name, p in model.named_parameters()}
    train, starts = sgd(torch.randn(20, 1, 5, 5), torch.arange(20) % 3)
    masks = lottery_ticket(model, train, 4)
    assert [int(m["4.weight"].sum()) for m in masks] == [87, 70, 56, 45]
    assert [int(m["0.weight"].sum()) for m in masks] == [29, 24, 20, 16]
    assert all(m["1.weight"].all() and m["4.bias"].all() for m in masks)
    for start, mask in zip(starts[1:], masks, strict=False):
        for name, value in initial.items():
            assert torch.equal(start[name], value * torch.from_numpy(mask[name]))
    for name, p in model.named_parameters():
        assert not p.detach()[torch.from_numpy(~masks[-1][name])].any()
        assert not torch.equal(p, initial[name])


def test_no_rounds():
    """Without rounds the model stays as it is."""
    model = nn.Linear(3, 2)
    before = model.weight.detach().clone()
    assert lottery_ticket(model, None, 0) == []
    assert torch.equal(model.weight, before)


def test_example_of_the_statement():
    """The two masks, and the share left after five and ten rounds."""
    weights = {"w": np.array([[0.4, -0.1, 2], [-3, 0.2, -0.5]])}
    masks = prune_smallest(weights, {"w": np.ones((2, 3))}, 0.3)
    assert masks["w"].tolist() == [[1, 0, 1], [1, 1, 1]]
    assert prune_smallest(weights, masks, 0.3)["w"].tolist() == [[1, 0, 1], [1, 0, 1]]
    np.testing.assert_allclose(0.8 ** np.array([5, 10]), [0.328, 0.107], atol=5e-4)
