"""The reference of `mc_dropout` against the same draws made by hand, and against all masks listed."""

from itertools import product

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional as F

from solutions.mc_dropout import mc_dropout_predict


def random_net(rng):
    """Convolution, batch norm, dropout, linear; and a batch for it."""
    torch.manual_seed(int(rng.integers(1 << 30)))
    channels, classes, height, width = rng.integers(2, 5, size=4).tolist()
    net = nn.Sequential(
        nn.Conv2d(2, channels, 1),
        nn.BatchNorm2d(channels),
        nn.Sequential(nn.Flatten(), nn.Dropout(float(rng.uniform(0.1, 0.9)))),
        nn.Linear(channels * height * width, classes),
    )
    nn.init.normal_(net[1].running_mean)
    nn.init.uniform_(net[1].running_var, 0.5, 2)
    return net, torch.randn(int(rng.integers(1, 4)), 2, height, width)


@torch.no_grad()
def by_hand(net, x, runs):
    """The same passes written out with torch's functions: (runs, N, K) probabilities."""
    conv, norm, (_, dropout), linear = net
    maps = F.batch_norm(conv(x), norm.running_mean, norm.running_var, norm.weight, norm.bias).flatten(1)
    logits = [linear(F.dropout(maps, dropout.p, training=True)) for _ in range(runs)]
    return np.stack([F.softmax(z, dim=1).numpy() for z in logits])


def test_against_the_same_draws(thorough):
    """Random nets in random modes: the same seed gives the same masks."""
    rng = np.random.default_rng(100)
    for _ in range(1000 if thorough else 100):
        net, x = random_net(rng)
        runs, seed = int(rng.integers(1, 6)), int(rng.integers(1 << 30))
        for part in net.modules():
            part.training = bool(rng.integers(2))
        modes = [part.training for part in net.modules()]
        torch.manual_seed(seed)
        expected = by_hand(net, x, runs)
        torch.manual_seed(seed)
        mean, std = mc_dropout_predict(net, x, runs)
        assert np.allclose(mean, expected.mean(axis=0), atol=1e-6)
        assert np.allclose(std, expected.std(axis=0), atol=1e-6)
        assert [part.training for part in net.modules()] == modes


@pytest.mark.slow
def test_against_all_masks():
    """Three units behind dropout: mean and spread of many runs approach those over all eight masks."""
    torch.manual_seed(2)
    p, runs = 0.3, 20_000
    net = nn.Sequential(nn.Flatten(), nn.Dropout(p), nn.Linear(3, 2))
    x = torch.randn(1, 1, 1, 3)
    masks = torch.tensor(list(product([0.0, 1.0], repeat=3)))  # (8, 3)
    chances = (masks * (1 - p) + (1 - masks) * p).prod(dim=1, keepdim=True)
    with torch.no_grad():
        outcomes = net[2](masks * x.flatten() / (1 - p)).softmax(dim=1)  # (8, 2)
    mean = (chances * outcomes).sum(dim=0)
    std = (chances * (outcomes - mean) ** 2).sum(dim=0).sqrt()
    found = mc_dropout_predict(net, x, runs)
    np.testing.assert_allclose(found[0][0], mean, atol=0.01)
    np.testing.assert_allclose(found[1][0], std, atol=0.01)


def test_every_kind_of_dropout():
    """Dropout of whole channels is active too."""
    for kind in [nn.Dropout, nn.Dropout2d, nn.AlphaDropout, nn.FeatureAlphaDropout]:
        torch.manual_seed(3)
        net = nn.Sequential(nn.Conv2d(1, 8, 1), kind(0.5), nn.Flatten(), nn.Linear(32, 3)).eval()
        _, std = mc_dropout_predict(net, torch.randn(2, 1, 2, 2))
        assert (std > 0).all()


def test_example_of_the_statement():
    """0.9, 0.6, 0.9, 0.6."""
    values = np.array([0.9, 0.6, 0.9, 0.6])
    assert np.isclose(values.mean(), 0.75)
    assert np.isclose(values.std(), 0.15)
    assert np.isclose(values.std(ddof=1), 0.173, atol=5e-4)
