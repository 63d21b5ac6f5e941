"""Small inputs and answers are written whole, as they were when the call was made, in every format."""

from __future__ import annotations

import contextlib
import json
from types import ModuleType

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.checks.backend import LocalBackend
from grader.checks.log import Entry
from grader.checks.subject import Stop, Subject
from grader.judge.findings import finding
from grader.model import CheckResult, Result, Verdict
from grader.model.findings import Told
from grader.report.as_json import to_json
from grader.report.evidence import Evidence
from grader.report.evidence import evidence as evidence_of
from grader.report.feedback import feedback
from grader.report.html import to_html
from grader.report.junit import to_junit
from grader.report.message import message
from grader.report.text import to_text
from grader.report.values import Writer, compared, data
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.wire import DTYPES, Array, snapshot

REFERENCE = """
import numpy as np
class Layer:
    def forward(self, x, scale=1): return scale * x
def double(x, **options): return 2 * np.asarray(x, dtype=float)
def spoil(x, times=1): return np.zeros(3)
def shapes(sizes): return [(3, 4, 4), (8, 2, 2)]
def call(f, x): return 1.0
"""


def module(source: str) -> ModuleType:
    made = ModuleType("made")
    exec(source, made.__dict__)
    return made


def failed(source: str, ask, framework: str = "numpy") -> Entry:
    """What a check that asks this finds wrong with a submission: this source on top of the reference's."""
    ours, theirs = (Interpreter({"submission": module(s)}) for s in (REFERENCE, REFERENCE + source))
    made = Subject(ours, LocalBackend(theirs), framework=framework)
    ask(made)
    with contextlib.suppress(Stop):
        made.settle()
    assert made.log.first_failure is not None
    return made.log.first_failure


def check(entry: Entry) -> CheckResult:
    """The check that it failed."""
    return CheckResult("one", "One", Verdict.WRONG_ANSWER, 0.0, 1.0, (finding(entry),))


def failure_message(entry: Entry) -> str:
    return message(check(entry))


def evidence(entry: Entry) -> Evidence:
    return evidence_of(check(entry))


def call_text(entry: Entry) -> str:
    return failure_message(entry).split("\n")[0]


def lines(entry: Entry) -> str:
    """The values in full, expected and actual."""
    _, found, rest = failure_message(entry).partition("\nexpected ")
    return (found + rest).lstrip("\n")


RAISES = "def double(x, **options): raise ValueError\n"

# ---------------------------------------------------------------- the call


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


@settings(max_examples=150, deadline=None)
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


# ---------------------------------------------------------------- expected and actual


def test_small_answers_are_shown_whole():
    entry = failed("def double(x): return np.array([[2, 4], [6, 9]])", lambda s: s.double([[1, 2], [3, 4]]))
    assert lines(entry) == "expected [[2, 4], [6, 8]], got [[2, 4], [6, 9]]"


def test_answers_of_the_wrong_shape_are_shown_too():
    entry = failed("def double(x): return np.array([2, 4])", lambda s: s.double([[1, 2], [3, 4]]))
    assert lines(entry) == "expected [[2, 4], [6, 8]], got [2, 4]"
    entry = failed("def double(x): return np.zeros((9, 9))", lambda s: s.double([1, 2]))
    assert lines(entry) == "expected [2, 4], got <array 9×9>"
    entry = failed("def double(x): return None", lambda s: s.double([1, 2]))
    assert lines(entry) == "expected [2, 4], got None"


def test_lists_of_shapes_are_shown_whole():
    entry = failed("def shapes(sizes): return [(3, 4, 4), (8, 3, 3)]", lambda s: s.shapes([2, 2]))
    assert lines(entry) == "expected [(3, 4, 4), (8, 2, 2)], got [(3, 4, 4), (8, 3, 3)]"
    assert evidence(entry).whole_actual == [[3, 4, 4], [8, 3, 3]]


def test_twenty_numbers_are_whole_and_twenty_one_are_not():
    entry = failed("def double(x): return 3 * x", lambda s: s.double(np.ones((4, 5))))
    assert lines(entry).count("2") == 20
    assert lines(entry).count("3") == 20
    assert np.shape(evidence(entry).whole_expected) == (4, 5)
    entry = failed("def double(x): return 3 * x", lambda s: s.double(np.ones(21)))
    assert lines(entry) == ""
    assert evidence(entry).whole_expected is evidence(entry).inputs[0]["values"] is None


def test_one_number_is_said_once():
    entry = failed("def call(f, x): return 2.0", lambda s: s.call(1, 2))
    assert lines(entry) == ""


def test_long_answers_stand_under_each_other():
    expected = np.arange(15).reshape(3, 5) / 3 - 2
    rows = compared(Array(expected), Array(expected * -30)).split("\n")
    assert [row[:10].strip() for row in rows] == ["expected [", "", "", "got      [", "", "", "("]
    assert rows[-1].strip() == "(rounded)"
    points = [[i for i, c in enumerate(row) if c == ","] for row in (*rows[:2], *rows[3:5])]
    assert len({tuple(p) for p in points}) == 1
    assert all(len(row) <= 72 for row in rows)


def test_a_long_row_is_broken():
    rows = compared(Array(np.arange(20) / 7), Array(np.arange(20) / 9)).split("\n")
    assert all(len(row) <= 72 for row in rows)
    assert sum(row.count(",") for row in rows) == 38


def test_digits_tell_apart_what_differs():
    text = compared(Array(np.array([1.0, 0.123456789])), Array(np.array([1.0, 0.123456780])))
    assert text == "expected [1, 0.12345679], got [1, 0.12345678] (rounded)"
    assert compared(Array(np.ones(2)), Array(np.ones(2, np.float32))) == ""


# ---------------------------------------------------------------- odd values

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=90) | st.complex_numbers()
    | st.sampled_from(DTYPES).flatmap(lambda d: arrays.arrays(d, arrays.array_shapes(min_dims=0, min_side=0))),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(VALUES, VALUES)
def test_no_value_breaks_the_writing(expected, actual):
    want, got = snapshot(expected), snapshot(actual)
    assert len(Writer(code=True).text(want)) < 20_000
    assert isinstance(compared(want, got), str)
    json.dumps([data(want), data(got)], allow_nan=False)


def test_an_array_of_many_rows_without_columns_is_not_unrolled():
    empty = Array(np.empty((1 << 40, 0)))
    assert data(empty) == "<array 1099511627776×0>"
    assert compared(Array(np.ones(2)), empty) == "expected [1, 1], got <array 1099511627776×0>"


# ---------------------------------------------------------------- formats

HOSTILE = "\x1b[31m\u202e</pre><script>\nexpected [1]"


def shown(entry: Entry) -> Result:
    return Result("conv", "Convolution", "my_conv.py", 7, "confined", [check(entry)])


def test_all_formats_show_input_and_answers():
    result = shown(failed("def shapes(sizes): return [(1, 2)]", lambda s: s.shapes(np.array([[1.0, np.nan]]))))
    call, found = "shapes(np.array([[1., np.nan]]))", "expected [(3, 4, 4), (8, 2, 2)], got [(1, 2)]"
    for text in (to_text(result), to_html([result]), feedback(result.checks[0]), to_junit([result])):
        assert text.count(found) == 1
        assert call in text
    told = json.loads(to_json([result]))["checks"][0]["evidence"]
    assert told["inputs"] == [{"name": None, "shape": [1, 2], "dtype": "float64", "values": [[1.0, "nan"]]}]
    assert told["whole_expected"] == [[3, 4, 4], [8, 2, 2]]
    assert Evidence(**told) == evidence_of(result.checks[0])


def test_the_page_shows_a_small_matrix_once_with_all_digits():
    page = to_html([shown(failed("def double(x): return 3 * x", lambda s: s.double(np.array([[1.03125, 2.0]]))))])
    assert "double(np.array([[1.03125, 2.]]))" in page
    assert 'class="values' not in page
    assert ">2.0625<" in page
    assert ">3.09375<" in page


def test_the_page_writes_what_its_pictures_cut():
    deep = np.arange(8.0).reshape(2, 2, 2)
    page = to_html([shown(failed("def double(x): return 3 * x", lambda s: s.double(deep)))])
    assert "expected [[[0, 2], [4, 6]], [[8, 10], [12, 14]]]" in page


def test_text_of_a_submission_stays_text():
    source = f"def shapes(sizes): return [{HOSTILE!r}, (1, 2)]"
    result = shown(failed(source, lambda s: s.shapes([HOSTILE])))
    for text in (to_text(result), to_html([result]), to_junit([result])):
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "<script>" not in to_html([result])
    raised = shown(failed(f"def shapes(sizes): raise ValueError({HOSTILE!r})", lambda s: s.shapes(1)))
    assert to_html([raised]).count("expected [1]") == 1


def test_evidence_stored_before_it_had_inputs_still_loads():
    old = {"call": "conv2d(<array 4×4>)", "expected_shape": [2, 2], "actual_shape": [2], "expected": [[1.0]]}
    found = CheckResult("one", "One", Verdict.WRONG_ANSWER, 0.0, 1.0, (Told(text="no", evidence=old),))
    assert "no" in to_html([Result("conv", "Convolution", "a.py", 7, "confined", [found])])


def test_a_small_answer_keeps_its_digits_beside_a_larger_one():
    page = to_html([shown(failed("def double(x): return np.ones((5, 5)) / 3", lambda s: s.double([1.03125, 2])))])
    assert ">2.0625<" in page
