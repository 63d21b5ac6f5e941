"""Blocks of one channel, or to one: a 1×1 convolution has the shape of a scale or a shift there."""

import random

import pytest
import torch

from grader.author.bank import files
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import load_module, scopes
from grader.checks.draw import Draw
from grader.checks.subject import Stop, Subject
from grader.exercise import load_exercise
from grader.sandbox.inside.interpreter import Interpreter

SPACES = {
    "BasicBlock": ("resnet", ("C_in", "C_out")),
    "Bottleneck": ("resnet", ("C_in", "mid")),
    "PreActBlock": ("resnet", ("C_in", "C_out")),
    "InvertedResidual": ("mobilenet", ("C_in", "C_out")),
    "Inception": ("inception", ("in_channels", "ch5x5red")),
}
SHIFTED = """
class Shifted(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.block = block

    def forward(self, x):
        return self.block(x) + {at}


{name} = (lambda block: lambda *args, **kwargs: Shifted(block(*args, **kwargs)))({name})
"""


def of_one_channel(name, count, **fixed):
    """Legal cases of the space, drawn, with one channel somewhere."""
    slug, widths = SPACES[name]
    space = vars(load_module(load_exercise(slug).test_files[0], f"checks_of_{slug}"))[name]
    rng = random.Random(name)
    drawn = ({f: rng.choice(v) for f, v in space.factors.items()} | fixed for _ in range(10_000))
    found = (case for case in drawn if space.legal(case) and any(case[w] == 1 for w in widths))
    return space, [next(found) for _ in range(count)]


def wrong(exercise, space, modules, case):
    """Whether these modules answer otherwise than the reference."""
    reference = Interpreter(scopes(exercise, exercise.reference_file))
    subject = Subject(reference, LocalBackend(Interpreter(modules)), framework="torch")
    try:
        space.ask(subject, Draw(1, space.name), **case)
        subject.settle()
    except Stop:
        return True
    return subject.log.first_failure is not None


@pytest.mark.parametrize("name", SPACES)
def test_right_blocks_of_one_channel_are_right(name):
    exercise = load_exercise(SPACES[name][0])
    space, cases = of_one_channel(name, 6)
    right = {path.stem: scopes(exercise, path) for kind, path in files(exercise) if kind == "right"}
    lost = [(stem, case) for stem, own in right.items() for case in cases if wrong(exercise, space, own, case)]
    assert lost == []


@pytest.mark.parametrize("name", SPACES)
def test_what_is_wrong_with_one_channel_is_seen(name, tmp_path):
    """A hundredth more where there is one channel."""
    exercise = load_exercise(SPACES[name][0])
    path = tmp_path / f"{name}.py"
    path.write_text(exercise.reference_file.read_text() + SHIFTED.format(name=name, at="0.01 * (x.shape[1] == 1)"))
    modules = scopes(exercise, exercise.reference_file) | {"submission": load_module(path, f"shifted_{name}")}
    space, cases = of_one_channel(name, 4, **{SPACES[name][1][0]: 1})
    assert all(wrong(exercise, space, modules, case) for case in cases)


def test_a_network_is_counted_where_nothing_has_to_be_imported_for_it():
    """For the first `normal_` on the device meta, torch imports 800 modules."""
    kit = load_module(load_exercise("resnet").folder / "kit.py", "kit_of_resnet")
    devices = []

    def made(classes):
        devices.append(torch.empty(1).device.type)
        return torch.nn.Linear(classes, 2)

    assert kit.parameters(made, 5) == 12
    assert devices == ["cpu"]
