"""The reference of `transfer`: counts and heads written out, splits, and random sequences of phases."""

import copy

import numpy as np
import torch
from torch import nn

from solutions.transfer import build_classifier, confusion_matrix, set_phase, split_indices

CASES = 1000


class Backbone(nn.Module):
    """Five parts with batch norm, and fc."""

    def __init__(self, width=6):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 3, 2), nn.BatchNorm2d(4))
        for i, (n_in, n_out) in enumerate([(4, 4), (4, 5), (5, 5), (5, width)], start=1):
            setattr(self, f"layer{i}", nn.Sequential(nn.Conv2d(n_in, n_out, 1), nn.BatchNorm2d(n_out), nn.ReLU()))
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        """x (N, 3, H, W) → (N, classes)."""
        y = self.layer4(self.layer3(self.layer2(self.layer1(self.stem(x)))))
        return self.fc(y.mean(dim=(2, 3)))


TRAINED = {1: ("fc.",), 2: ("fc.", "layer4."), 3: ("",)}


def test_confusion_matrix():
    """1,000 random samples, counted one by one."""
    rng = np.random.default_rng(1)
    for _ in range(CASES):
        classes = int(rng.integers(1, 8))
        y_true, y_pred = rng.integers(0, classes, size=(2, int(rng.integers(0, 30))))
        expected = np.zeros((classes, classes))
        for pair in zip(y_true, y_pred, strict=True):
            expected[pair] += 1
        assert np.array_equal(confusion_matrix(y_true, y_pred, classes), expected)


def test_split():
    """1,000 random label lists: complete, disjoint, stratified, reproducible."""
    rng = np.random.default_rng(2)
    for _ in range(CASES):
        sizes = rng.integers(1, 60, size=int(rng.integers(1, 5)))
        labels = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
        seed = int(rng.integers(100))
        parts = split_indices(labels, seed)
        assert np.array_equal(np.sort(np.concatenate(parts)), np.arange(len(labels)))
        for part, share in zip(parts, (0.7, 0.15, 0.15), strict=True):
            counts = np.bincount(labels[part], minlength=len(sizes))
            assert (np.abs(counts - share * sizes) <= 1 + 1e-9).all()
        assert all(map(np.array_equal, parts, split_indices(labels.tolist(), seed)))


def test_other_seeds_give_other_splits():
    """Ten seeds, ten splits."""
    labels = np.arange(100) % 4
    assert len({tuple(split_indices(labels, seed)[0]) for seed in range(10)}) == 10


def test_head_written_out():
    """100 random heads against the formula."""
    rng = np.random.default_rng(3)
    for _ in range(100):
        width, classes = rng.integers(1, 10, size=2).tolist()
        model = build_classifier(Backbone(width), classes).eval()
        first, _, dropout, last = model.fc
        x = torch.randn(2, width)
        hidden = (x @ first.weight.T + first.bias).clamp(min=0)
        assert torch.allclose(model.fc(x), hidden @ last.weight.T + last.bias, atol=1e-5)
        assert dropout.p == 0.4
        assert model(torch.randn(2, 3, 7, 6)).shape == (2, classes)


def test_head_of_a_resnet_50():
    """The number in the statement."""
    backbone = nn.Module()
    backbone.fc = nn.Linear(2048, 1000)
    assert sum(p.numel() for p in build_classifier(backbone).fc.parameters()) == 526_086


def test_phases():
    """Random sequences of phases: flags, optimizer, what a step moves, what a forward pass moves."""
    rng = np.random.default_rng(4)
    for case in range(30):
        torch.manual_seed(case)
        model = build_classifier(Backbone(), 3) if case % 2 else Backbone()
        for phase in rng.integers(1, 4, size=3).tolist():
            assert_phase(model, set_phase(model, phase), phase)
            if rng.integers(2):
                model = copy.deepcopy(model)


def assert_phase(model, optimizer, phase):
    """The model in this phase: exactly the trained parts change."""
    trained = {name for name, _ in model.named_parameters() if name.startswith(TRAINED[phase])}
    assert {name for name, p in model.named_parameters() if p.requires_grad} == trained
    held = [p for group in optimizer.param_groups for p in group["params"]]
    assert len(held) == len(trained)
    assert {id(p) for p in held} == {id(p) for n, p in model.named_parameters() if n in trained}
    assert type(optimizer) is torch.optim.Adam
    assert optimizer.param_groups[0]["lr"] == {1: 1e-3, 2: 1e-4, 3: 1e-5}[phase]

    before = {name: value.clone() for name, value in model.state_dict().items()}
    model.eval()
    model.train()
    model(torch.randn(4, 3, 9, 8)).square().sum().backward()
    optimizer.step()
    moved = {name for name, value in model.state_dict().items() if not torch.equal(value, before[name])}
    assert all(name.startswith(TRAINED[phase]) for name in moved)
    assert any(name.endswith("running_mean") for name in moved) == (phase > 1)
    optimizer.zero_grad()


def test_example_of_the_statement():
    """Four classes, of which one never occurs."""
    found = confusion_matrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 0, 0], 4)
    assert found.tolist() == [[1, 1, 0, 0], [0, 1, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]]
    assert np.trace(found) / found.sum() == 3 / 6
