"""What explanations ask twice costs twice: the reference's answers are kept as long as they are needed."""

from __future__ import annotations

import zlib
from types import ModuleType

import numpy as np
import pytest

from grader.author.wrongness import spaces
from grader.checks.backend import LocalBackend
from grader.checks.diagnose import scopes
from grader.checks.draw import Draw
from grader.checks.subject import Subject
from grader.exercise import all_exercises, load_exercise
from grader.explain.asked import AskedCase, by_case
from grader.explain.budget import Budget
from grader.explain.inputs import Substitution
from grader.explain.relations import Misheard
from grader.explain.search import Search
from grader.explain.trace import Asking
from grader.model.explanation import Likeness
from grader.sandbox.inside.interpreter import Interpreter


def test_other_arguments_are_tried_once_on_each_case():
    tried: list[AskedCase] = []
    found = Misheard(Substitution(Likeness.PASSED_ON, "", None, tried.append), lambda: Interpreter({}))
    one, other = AskedCase({}), AskedCase({})
    assert [found.answers(asked) for asked in (one, other, one, other)] == [None] * 4
    assert tried == [one, other]


def conv_asking(calls: list[int]) -> tuple[Asking, Subject]:
    """A submission to conv that answers with zeros, and what asks it; `calls` of the reference are counted."""
    exercise = load_exercise("conv")
    right, wrong, counted = scopes(exercise, exercise.reference_file), ModuleType("wrong"), ModuleType("counted")
    wrong.conv2d = lambda X, K, stride=1, padding=0: 0 * right["submission"].conv2d(X, K, stride, padding)

    def conv2d(X, K, stride=1, padding=0):
        calls.append(1)
        return right["submission"].conv2d(X, K, stride, padding)

    counted.conv2d = conv2d

    def started() -> Subject:
        sides = ({"submission": module} for module in (right["submission"], wrong))
        reference, submission = map(Interpreter, sides)
        return Subject(reference, LocalBackend(submission), framework="numpy")

    return Asking({"submission": counted}, [right], started, bool), started()


def test_the_reference_answers_once_what_goes_wrong():
    calls: list[int] = []
    asking, subject = conv_asking(calls)
    subject.conv2d(np.ones((2, 2)), np.ones((1, 1)))
    subject.settle()
    steps = subject.log.entries
    assert (found := asking.surely_wrong(steps, steps[-1])) is not None
    assert asking.legal(steps)
    assert asking.surely_wrong(list(steps), found) is not None
    assert len(calls) == 1


def test_weights_of_one_shape_are_drawn_once():
    torch = pytest.importorskip("torch")
    kit = scopes(load_exercise("resnet"), load_exercise("resnet").reference_file)["kit"]
    kit._values.cache_clear()
    network = torch.nn.ModuleList([torch.nn.Conv2d(8, 8, 3, bias=False) for _ in range(5)])
    kit.fill(network, 3)
    kit.fill(network, 3)
    assert kit._values.cache_info().misses == 1
    generator = torch.Generator().manual_seed(zlib.crc32(b"3 weight [8, 8, 3, 3]"))
    drawn = (2 / 72) ** 0.5 * torch.randn(8, 8, 3, 3, generator=generator)
    assert all(torch.equal(layer.weight, drawn) for layer in network)


def test_no_helper_seeds_torch_by_way_of_its_devices():
    """`torch.manual_seed` formats the stack for each kind of device that is not there: more than a forward pass."""
    kits = [exercise.folder / "kit.py" for exercise in all_exercises()]
    assert not [kit for kit in kits if kit.is_file() and "torch.manual_seed(" in kit.read_text("utf-8")]


def test_the_budget_is_looked_at_more_often_where_cases_are_dear():
    exercise, looked = load_exercise("conv"), list[float]()
    budget = Budget(1.0, lambda: looked.append(0.0) or float(len(looked) > 2))

    def started() -> Subject:
        sides = [Interpreter(scopes(exercise, exercise.reference_file)) for _ in range(2)]
        return Subject(sides[0], LocalBackend(sides[1]), framework="numpy")

    search = Search(spaces(exercise)[0], started, Draw(1, "conv"), budget, at_once=5)
    assert len(by_case(search.fresh(40))) == 5
