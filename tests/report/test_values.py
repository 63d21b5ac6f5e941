"""Expected and actual: small answers are written whole, long ones cut, and no value breaks the writing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.report.values import Writer, compared, data
from grader.sandbox.inside.wire import DTYPES, Array, snapshot
from tests.report.failing import evidence, failed, lines


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


@pytest.mark.slow
@settings(max_examples=150)
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
