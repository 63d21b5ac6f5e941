"""Which attempt counts, and for how much: lateness, the assignment's points, overrides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from grader.gradebook import LateRule, Person, Plan
from tests.gradebook.makers import DUE, WEEK, graded, mark_of, result, work


def test_best_attempt_counts_or_the_last(book):
    book.plan(WEEK)
    for number, points in enumerate([3.0, 8.0, 5.0]):
        book.record(graded(points=points, work=work(f"v = {number}"), submitted_at=DUE + timedelta(hours=number)))
    assert (mark_of(book).points, mark_of(book).attempts) == (Decimal(8), 3)
    book.plan(replace(WEEK, keep="last"))
    assert mark_of(book).points == Decimal(5)


def test_best_is_best_after_lateness(book):
    book.plan(replace(WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal(30))))
    book.record(graded(points=7.0, work=work("early"), submitted_at=DUE))
    book.record(graded(points=9.0, work=work("late"), submitted_at=DUE + timedelta(hours=1)))
    assert (mark_of(book).points, mark_of(book).days_late) == (Decimal(7), 0)


def test_the_late_rule_is_data_and_marks_follow_it(book):
    book.plan(replace(WEEK, deadline=DUE))
    book.record(graded(points=6.0, submitted_at=DUE + timedelta(days=1, minutes=1)))
    assert mark_of(book).points == Decimal(6)
    book.plan(replace(WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal("12.5"))))
    mark = mark_of(book)
    assert (mark.points, mark.computed, mark.earned, mark.days_late) == (Decimal("3.5"), Decimal("3.5"), Decimal(6), 2)
    book.plan(replace(WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal("12.5"), cap=Decimal(20))))
    assert mark_of(book).points == Decimal(4)
    assert book.planned("week 1") == replace(
        WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal("12.5"), cap=Decimal(20))
    )


@pytest.mark.slow
def test_points_of_the_assignment_scale_the_checks(book):
    book.plan(Plan("week 1", {"conv": Decimal(3)}))
    book.record(graded(points=5.0))
    assert mark_of(book).points == Decimal("1.50")
    book.plan(Plan("week 1", {"conv": Decimal(1)}))
    book.record(replace(graded("ben"), result=result(1.0, 3.0)))
    assert mark_of(book, "ben").points == Decimal("0.33")


def test_an_override_counts_and_the_computed_points_stay(book):
    book.plan(WEEK)
    book.record(graded(points=6.0))
    book.override("week 1", "anna", "conv", Decimal("9.5"), reason="explained it", author="A. Rao")
    mark = mark_of(book)
    assert (mark.points, mark.computed, mark.overridden) == (Decimal("9.5"), Decimal(6), True)
    assert (mark.reason, mark.author) == ("explained it", "A. Rao")
    book.override("week 1", "anna", "conv", Decimal(7), reason="second thoughts", author="A. Rao")
    assert mark_of(book).points == Decimal(7)
    book.override("week 1", "anna", "conv", None, reason="withdrawn", author="B. Ek")
    assert (mark_of(book).points, mark_of(book).overridden) == (Decimal(6), False)
    said = "\n".join(book.history("week 1", "anna"))
    assert all(text in said for text in ("9.5 by A. Rao: explained it", "second thoughts", "B. Ek: withdrawn"))


def test_an_override_without_an_attempt_counts_too(book):
    book.plan(WEEK)
    book.enrol([Person("dora")])
    assert mark_of(book, "dora").points is None
    book.override("week 1", "dora", "conv", Decimal(4), reason="oral exam", author="A. Rao")
    assert (mark_of(book, "dora").points, mark_of(book, "dora").computed) == (Decimal(4), None)


def test_nothing_to_count_is_no_zero(book):
    book.plan(WEEK)
    book.record(replace(graded(), result=result(0.0, 0.0, broken=True)))
    assert mark_of(book).points is None
