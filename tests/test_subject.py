"""What a check's author can write, on small modules made for it."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from grader.checks.backend import LocalBackend
from grader.checks.compare import EXACT, difference
from grader.checks.subject import AFTERWARDS, ANSWER, Stop, Subject
from grader.judge.findings import finding
from grader.report.message import called, text
from grader.sandbox.inside import wire
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.states import state

REFERENCE = """
import numpy as np
class Layer:
    def __init__(self, n):
        self.b, self.seen = np.zeros(n), 0
    def forward(self, x):
        self.seen += 1
        return x + self.b
def double(x): return 2 * np.asarray(x, dtype=float)
def refuse(x): raise ValueError("no")
def fill(x): return None
def use(x, names): return 0
"""


def module(source: str) -> ModuleType:
    made = ModuleType("made")
    exec(source, made.__dict__)
    return made


def subject(source: str) -> Subject:
    """A subject whose submission is this source on top of the reference's."""
    return Subject(
        Interpreter({"submission": module(REFERENCE)}),
        LocalBackend(Interpreter({"submission": module(REFERENCE + source)})),
    )


def failure(made: Subject) -> str:
    made.settle()
    entry = made.log.first_failure
    if entry is None:
        return ""
    return text(finding(entry))


def test_a_call_returns_the_references_value_and_notes_the_difference():
    made = subject("def double(x): return 3 * x")
    assert made.double(np.ones(2)).tolist() == [2, 2]
    assert "2 of 2 values differ" in failure(made)


def test_objects_live_on_both_sides():
    made = subject("")
    layer = made.Layer(3)
    layer.assign(b=np.arange(3.0))
    assert layer.forward(np.ones(3)).tolist() == [1, 2, 3]
    layer.read("seen")
    assert failure(made) == ""


@pytest.mark.parametrize(
    ("body", "fine"),
    [("self.b = np.zeros((n, 1))", True), ("self.b = np.zeros(n) + 0.5", False), ("self.b = np.zeros(n + 1)", False)],
)
def test_reading_any_shape_still_compares_the_values(body, fine):
    made = subject(f"class Layer:\n    def __init__(self, n):\n        {body}")
    made.Layer(3).read("b", any_shape=True)
    assert (failure(made) == "") is fine


def test_assigning_keeps_the_shape_that_was_there():
    made = subject("class Layer:\n    def __init__(self, n):\n        self.b = np.zeros((n, 1))")
    layer = made.Layer(2)
    layer.assign(b=np.array([1.0, 2.0]))
    assert layer.observe("b").shape == (2, 1)


def test_assigning_to_a_property_writes_into_what_it_shows():
    made = subject(
        "class Layer:\n    def __init__(self, n): self._b = np.zeros(n)\n    b = property(lambda self: self._b)"
    )
    layer = made.Layer(2)
    layer.assign(b=np.array([1.0, 2.0]))
    assert layer.observe("b").tolist() == [1, 2]


def test_a_held_input_that_is_written_to_is_noticed():
    for body, fine in [("return None", True), ("x[0] = 7", False)]:
        made = subject(f"def fill(x): {body}")
        x = made.hold(np.zeros(2))
        made.fill(x)
        x.unchanged()
        assert (failure(made) == "") is fine


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("pass", ""),
        ("x += 1", "`x` was changed by the call."),
        ("x.shape = (1, 4)", "`x` was changed by the call."),
        ("x.dtype = 'int64'", "`x` was changed by the call."),
        ("names.reverse()", "`names` was changed by the call."),
        ("names[0]['k'] = 1", "`names` was changed by the call."),
    ],
)
def test_arguments_are_looked_at_after_the_call(body, said):
    made = subject(f"def use(x, names):\n    {body}\n    return 0")
    made.use.by(AFTERWARDS, x=np.arange(4.0).reshape(2, 2), names=[{}, {"k": 2}])
    assert failure(made) == said


REUSING = """
out = {}
def double(x):
    kept = out.setdefault(np.shape(x), np.zeros(np.shape(x)))
    kept[...] = 2 * np.asarray(x)
    return kept
"""


@pytest.mark.parametrize(("source", "fine"), [("", True), (REUSING, False)])
def test_an_answer_is_looked_at_after_another_call(source, fine):
    made = subject(source)
    made.double.by(ANSWER, x=np.arange(4.0))
    assert (failure(made) == "") is fine
    assert fine or "4 of 4 values differ" in failure(made)
    assert fine or called(finding(made.log.first_failure)).endswith("# its answer, after another call")


@pytest.mark.parametrize("x", [3.0, [1.0, 2.0]])
def test_a_second_call_without_an_array_repeats_the_first(x):
    made = subject("")
    made.double.by(ANSWER, x=x)
    assert failure(made) == ""


def test_a_gradient_that_a_call_leaves_is_a_change():
    import torch

    changed = torch.ones(2, requires_grad=True)
    before = state(changed, {})
    changed.sum().backward()
    found = difference(wire.snapshot(before), wire.snapshot(state(changed, {})), EXACT)
    assert found.path == ("grad",)


@pytest.mark.parametrize(("body", "fine"), [("pass", True), ("x[0] = 7", False)])
def test_arguments_are_looked_at_after_a_call_that_raises(body, fine):
    made = subject(f"def refuse(x):\n    {body}\n    raise ValueError")
    made.refuse.raises(np.zeros(2), error="ValueError")
    assert (failure(made) == "") is fine
    assert fine or "`x` was changed by the call." in failure(made)


@pytest.mark.parametrize(
    ("body", "fine"),
    [
        ("raise ValueError", True),
        ("raise type('Mine', (ValueError,), {})('x')", True),
        ("raise KeyError(1)", False),
        ("return None", False),
    ],
)
def test_an_exception_can_be_required(body, fine):
    made = subject(f"def refuse(x): {body}")
    made.refuse.raises(1, error="ValueError")
    assert (failure(made) == "") is fine


def test_observing_gives_the_submissions_own_answer():
    made = subject("def double(x): return 3 * x")
    assert made.observe("double", np.ones(2)).tolist() == [3, 3]
    assert failure(made) == ""


def test_nothing_goes_on_after_an_object_that_could_not_be_built():
    made = subject("class Layer:\n    def __init__(self): pass")
    made.Layer(3)
    with pytest.raises(Stop):
        made.settle()
    assert "takes 1 positional argument" in failure(made)
