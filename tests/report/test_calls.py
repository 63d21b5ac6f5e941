"""A failed check's call: small inputs are written whole, as they were when the call was made."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks.backend import LocalBackend
from grader.checks.subject import Subject
from grader.report.values import Writer
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.wire import DTYPES, Array
from tests.report.failing import REFERENCE, call_text, evidence, failed, failure_message, module

RAISES = "def double(x, **options): raise ValueError\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([[1.0, 0.0], [2.0, -1.5]]), "np.array([[1., 0.], [2., -1.5]])"),
        (np.array([[[1, 2]], [[3, 4]]]), "np.array([[[1, 2]], [[3, 4]]])"),
        (np.array([0, 255], np.uint8), "np.array([0, 255], dtype=np.uint8)"),
        (np.array([0.1, 1.0], np.float32), "np.array([0.1, 1.], dtype=np.float32)"),
        (np.array([0.1], np.float16), "np.array([0.1], dtype=np.float16)"),
        (np.array([True, False]), "np.array([True, False])"),
        (np.array([1 + 2j]), "np.array([(1+2j)])"),
        (np.array([np.nan, -np.inf, 1e300]), "np.array([np.nan, -np.inf, 1e+300])"),
        (np.array(2.5), "np.array(2.5)"),
        (np.arange(20), f"np.array({list(range(20))})"),
        (np.arange(21), "<array 21 int64>"),
        (np.ones((2, 4, 4)), "<array 2×4×4>"),
        (np.ones((0, 3)), "<array 0×3>"),
        ([np.ones(2), np.ones((5, 5))], "[np.array([1., 1.]), <array 5×5>]"),
        ([(1, 2), (3,)], "[(1, 2), (3,)]"),
        ({"size": 3, "rate": 0.5}, "{'size': 3, 'rate': 0.5}"),
        (list(range(30)), "<list of 30>"),
        ([0.5, 1.0, None, True, "same"], "[0.5, 1.0, None, True, 'same']"),
    ],
)
def test_an_argument_is_written_as_python_or_by_its_shape(value, text):
    entry = failed("def call(f, x): raise ValueError", lambda s: s.call(value, x=value))
    assert call_text(entry) == f"call({text}, x={text})"


def test_many_arrays_are_many_arguments():
    wrong = "def double(*x): raise ValueError"
    entry = failed(wrong, lambda s: s.double.raises(*[np.ones(1)] * 17, error="KeyError"))
    assert call_text(entry).count("np.array([1.])") == 17


def test_tensors_are_written_as_tensors():
    entry = failed("def call(f, x): raise ValueError", lambda s: s.call(1, np.float32([0.5, np.inf])), "torch")
    assert call_text(entry) == "call(1, torch.tensor([0.5, torch.inf]))"


NUMBERS = st.sampled_from([d for d in DTYPES if d.kind in "iufb"])
SMALL = NUMBERS.flatmap(lambda dtype: arrays.arrays(dtype, arrays.array_shapes(max_dims=4, max_side=4)))


@settings(max_examples=150)
@given(SMALL.filter(lambda a: a.size <= 20), st.sampled_from(["ndarray", "tensor"]))
def test_what_is_written_makes_the_array_again(array, kind):
    writer = Writer(code=True)
    text = writer.text(Array(array, kind))
    again = np.asarray(eval(text, {"np": np, "torch": torch}))
    assert again.shape == array.shape
    assert again.dtype == array.dtype
    if writer.rounded:
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(again, array, rtol=2e-3 if array.dtype == np.float16 else 1e-5)
    else:
        np.testing.assert_array_equal(again, array)


def test_rounding_is_said():
    assert call_text(failed(RAISES, lambda s: s.double(np.array([1 / 3, 2.0])))) == (
        "double(np.array([0.333333, 2.]))  # rounded"
    )
    assert call_text(failed(RAISES, lambda s: s.double(np.array([0.0625, 1234567.0])))) == (
        "double(np.array([0.0625, 1234567.]))"
    )


def test_an_argument_is_shown_as_it_was_before_the_call():
    def ask(s):
        x = np.array([1.0, 2.0, 3.0])
        s.spoil(x, times=2)
        x[:] = 9  # the check's own code may go on with it
        s.settle()

    entry = failed("def spoil(x, times=1):\n    x[:] = 7\n    return x", ask)
    assert call_text(entry) == "spoil(np.array([1., 2., 3.]), times=2)"
    assert evidence(entry).inputs == [
        {"name": None, "shape": [3], "dtype": "float64", "values": [1.0, 2.0, 3.0]},
        {"name": "times", "value": 2},
    ]


def test_objects_keep_their_names_and_held_inputs_show_their_numbers():
    def ask(s):
        layer, x = s.Layer(), s.hold(np.array([1.0, 2.0]))
        s.call(layer, s.double)
        layer.forward(x, scale=3)

    entry = failed("def call(f, x): return 2.0", ask)
    assert call_text(entry) == "call(<Layer>, double)"
    assert evidence(entry).inputs == [{"name": None, "value": "<Layer>"}, {"name": None, "value": "double"}]
    entry = failed("class Layer:\n    def forward(self, x, scale=1): return x", ask)
    assert call_text(entry) == "Layer.forward(np.array([1., 2.]), scale=3)"
    assert evidence(entry).inputs[0]["values"] == [1.0, 2.0]


def test_a_question_asked_again_reads_the_same():
    entry = failed("class Layer:\n    def forward(self, x): return 2", lambda s: s.Layer().forward(s.hold(np.ones(2))))
    again = entry.again()
    again.actual, again.answered = entry.actual, True
    assert failure_message(again) == failure_message(entry)
    assert evidence(again) == evidence(entry)


def test_nothing_is_written_while_nothing_is_wrong(monkeypatch):
    monkeypatch.setattr(Writer, "text", lambda *_: pytest.fail("a value was written"))
    ours, theirs = (Interpreter({"submission": module(REFERENCE)}) for _ in range(2))
    made = Subject(ours, LocalBackend(theirs))
    made.double(np.ones(2))
    made.Layer().forward(np.ones(2))
    made.settle()
    assert made.log.first_failure is None


def test_a_changed_input_is_told_with_the_call_that_it_was_given_to():
    def ask(s):
        x = s.hold(np.ones(2))
        s.double.quietly(x)
        x.unchanged()

    entry = failed("def double(x): x += 1", ask)
    assert call_text(entry) == "double(np.array([1., 1.]))"
    assert "the input was changed by the call." in failure_message(entry)


@pytest.mark.parametrize(
    ("case", "text"), [(None, "double"), ({}, "double with the simplest of all inputs"), ({"N": 3}, "double with N 3")]
)
def test_only_a_case_of_a_space_has_factors(case, text):
    kit = module("def call(f, x): return f(x)")
    ours, theirs = (Interpreter({"submission": module(f"def double(x): return {n} * x"), "kit": kit}) for n in (2, 3))
    made = Subject(ours, LocalBackend(theirs))
    with contextlib.nullcontext() if case is None else made.case(case, case):
        made.kit.call(made.double, np.ones(2))
    made.settle()
    assert call_text(made.log.first_failure) == text


def test_a_wrong_truth_value_is_no_other_sort_of_value():
    entry = failed("def double(x): return False", lambda s: s.judge(True, False, "the result"))
    assert failure_message(entry).endswith("the result should be True, but is False.")
