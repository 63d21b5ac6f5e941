"""When two values agree, and what is said when they do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checks.compare import DOUBLE, SINGLE, Tolerance, agree, difference
from grader.checks.log import Entry
from grader.judge.findings import finding
from grader.report.message import text
from grader.sandbox.inside.wire import Array, Opaque, snapshot

FLOATS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e6, 1e6))


def array(*values, dtype=float) -> Array:
    return Array(np.array(values, dtype=dtype))


@given(FLOATS)
def test_a_value_agrees_with_itself_in_every_accepted_form(x):
    expected = snapshot(x)
    assert agree(expected, expected)
    assert agree(expected, snapshot(x.tolist()))
    assert agree(expected, snapshot(np.asfortranarray(x)))


@given(FLOATS, st.data())
def test_one_visible_change_is_found_at_its_place(x, data):
    index = tuple(data.draw(st.integers(0, n - 1)) for n in x.shape)
    changed = x.copy()
    changed[index] += 1e-3 * max(1.0, np.abs(x).max())
    found = difference(snapshot(x), snapshot(changed))
    assert found is not None
    assert found.index == index


@given(FLOATS)
def test_rounding_is_no_difference(x):
    assert agree(snapshot(x), snapshot(x * (1 + 1e-9)))


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (array(1.0, 2.0), [1.0, 2.0]),
        (array(1.0, 2.0), (1, 2)),
        (array(1.0, 2.0), Array(np.array([1, 2], np.float32))),
        (array(1.0, 2.0), Array(np.array([1, 2], np.float16))),
        (Array(np.array(3.0)), 3.0),
        (3.5, Array(np.float64(3.5), "scalar")),
        (7, Array(np.int64(7), "scalar")),
        (7, 7.0),
        ([(3, 4), (5,)], [[3, 4], [5]]),
        ([(3, 4), (5, 6)], Array(np.array([[3, 4], [5, 6]]))),
        ((0.5, array(1.0)), [Array(np.array(0.5)), [1.0]]),
    ],
)
def test_forms_that_do_not_matter(expected, actual):
    assert agree(expected, actual)


@pytest.mark.parametrize(
    ("expected", "actual", "said"),
    [
        (array(1.0, 2.0), None, "None"),
        (array(1.0, 2.0), Opaque("x.Y"), "object (x.Y)"),
        (array(1.0, 2.0), "12", "text"),
        (array(1.0, 2.0), Array(np.array([1.0, 2.0]), "tensor"), "torch.Tensor"),
        (array(1.0, 2.0), array(1, 2, dtype=int), "floating point"),
        (array(1.0, 2.0), array(1, 2, dtype=complex), "floating point"),
        (array(1.0, 2.0), array(1.0), "shape (2,), but has (1,)"),
        (array(1.0, 2.0), Array(np.array([[1.0, 2.0]])), "shape"),
        (array(1.0, 2.0), array(1.0, np.nan), "contains nan"),
        (array(1.0, 2.0), array(np.inf, 2.0), "contains inf"),
        (array(1.0, 2.0), array(1.0, 2.1), "1 of 2 values differ"),
        (array(1.0, 2.0), [1.0, "2"], "list"),
        (3.0, array(3.0), "shape"),
        (5, True, "True"),
        ([1, 2], [1], "2 entries"),
        ([1, 2], 3, "list of 2"),
        ({"a": 1}, {"b": 1}, "lacks"),
        (None, 1, "None"),
    ],
)
def test_what_is_wrong_is_said(expected, actual, said):
    entry = Entry(None, "f(x)", expected, actual, answered=True)
    assert entry.difference is not None
    assert said in text(finding(entry))


def test_zero_sized_arrays_must_have_the_shape():
    assert agree(Array(np.zeros((0, 3))), Array(np.zeros((0, 3))))
    assert not agree(Array(np.zeros((0, 3))), Array(np.zeros((3, 0))))


def test_the_tolerance_is_relative_to_each_value_and_barely_to_the_largest():
    assert not agree(array(1e-3, 1.0), array(1e-3 + 2e-8, 1.0), DOUBLE)
    assert agree(array(1e-3, 1.0), array(1e-3 + 1e-10, 1.0), DOUBLE)
    assert agree(array(1e-3, 1.0), array(1e-3 + 5e-5, 1.0), SINGLE)


@pytest.mark.parametrize(("tolerance", "rounding", "wrong"), [(DOUBLE, 9e-15, 1e-9), (SINGLE, 3e-7, 1e-3)])
def test_where_a_sum_cancels_the_last_digit_does_not_count(tolerance, rounding, wrong):
    """Zero is expected and nothing larger is near: a convolution by Fourier transform is right all the same."""
    assert agree(array(0.0), array(rounding), tolerance)
    assert not agree(array(0.0), array(wrong), tolerance)


def test_shape_can_be_declared_free():
    free = Tolerance(any_shape=True)
    assert agree(array(1.0, 2.0), Array(np.array([[1.0], [2.0]])), free)
    assert not agree(array(1.0, 2.0), array(1.0, 2.0, 3.0), free)


def test_the_largest_error_is_the_largest():
    found = difference(array(1.0, 2.0, 3.0), array(1.5, 2.0, 0.0))
    assert found is not None
    assert found.index == (0,)
    assert found.max_error == 3.0


def test_whole_numbers_are_exact():
    """A count of 11 million parameters that is off by ten is wrong, however wide the tolerance."""
    assert difference(11_173_962, 11_173_952, SINGLE)
    assert not difference(11_173_962, 11_173_962.0, SINGLE)
    assert difference(Array(np.array([100_000_001, 2])), Array(np.array([100_000_000, 2])))
