"""What lateness costs, to the last digit."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook import LateRule
from grader.gradebook.late import days_late, deducted, rounded
from tests.gradebook.makers import DUE

MICROSECOND = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("after", "grace", "days"),
    [
        (-DAY, timedelta(0), 0),
        (timedelta(0), timedelta(0), 0),
        (MICROSECOND, timedelta(0), 1),
        (DAY, timedelta(0), 1),
        (DAY + MICROSECOND, timedelta(0), 2),
        (HOUR, HOUR, 0),
        (HOUR + MICROSECOND, HOUR, 1),
        (365 * 100 * DAY + MICROSECOND, timedelta(0), 36501),
    ],
)
def test_days_begun_since_the_deadline(after, grace, days):
    assert days_late(DUE + after, DUE, grace) == days


def test_what_is_not_known_is_no_number():
    assert days_late(None, DUE, timedelta(0)) is days_late(DUE, None, timedelta(0)) is None


@pytest.mark.parametrize(
    ("days", "percent", "cap", "of", "cost"),
    [
        (0, "10", "100", 20, 0),
        (2, "10", "100", 20, 4),
        (3, "33.3", "100", 10, Fraction(999, 100)),
        (5, "33.3", "100", 10, 10),
        (5, "10", "25", 20, 5),
    ],
)
def test_points_that_lateness_costs(days, percent, cap, of, cost):
    assert deducted(days, LateRule(percent_per_day=Decimal(percent), cap=Decimal(cap)), Fraction(of)) == cost


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("1/3", "0.33"), ("2/3", "0.67"), ("1/200", "0.01"), ("1/201", "0.00"), ("2.675", "2.68"), ("20", "20")],
)
def test_marks_are_rounded_once_half_up(exact, shown):
    assert rounded(Fraction(exact)) == Decimal(shown)


@given(st.integers(0, 400), st.decimals(0, 100, places=3), st.decimals(0, 100, places=3), st.fractions(0, 1000))
def test_never_more_than_the_cap_and_never_less_for_waiting(days, percent, cap, possible):
    rule = LateRule(percent_per_day=percent, cap=cap)
    cost = deducted(days, rule, possible)
    assert 0 <= cost <= possible * Fraction(cap) / 100
    assert cost <= deducted(days + 1, rule, possible)
