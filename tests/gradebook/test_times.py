"""When work came, when it was due, and what is not known: never 0, never taken off."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from grader.gradebook import Allowance, GradebookError, HandedIn, LateRule, Person, Plan
from grader.gradebook.records import FILES, STATED, SeenAgain
from grader.gradebook.sheet import sheet
from grader.gradebook.spreadsheet import to_csv
from tests.gradebook.makers import DUE, WEEK, graded, mark_of, result, work

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE = replace(WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal(10)))


def hand_in(book, text: str = "a", at: datetime | None = None, *, who: str = "anna", points: float = 6.0, **more):
    """One graded hand-in, as a platform tells its time."""
    submitted = more.pop("submitted", HandedIn(at, "Moodle" if at else ""))
    return book.record(graded(who, points, work=work(text), submitted=submitted, **more))


def allow(who: str = "anna", **given) -> Allowance:
    """An extension, with a reason."""
    return Allowance("week 1", "ill", "A. Rao", student=who, **given)


# ---------------------------------------------------------------- what is not known


def test_without_a_time_days_late_are_empty_and_nothing_is_taken_off(book):
    book.plan(LATE)
    hand_in(book)
    mark = mark_of(book)
    assert (mark.days_late, mark.points, mark.unknown) == (None, Decimal(6), True)
    [row] = csv.DictReader(io.StringIO(to_csv(sheet(book, "week 1"))))
    due = f"{DUE.astimezone():%Y-%m-%d %H:%M}"
    assert (row["conv days late"], row["conv submitted"], row["conv due"][:16]) == ("", "", due)


def test_a_platform_that_says_late_and_not_how_late_is_no_number_either(book):
    book.plan(LATE)
    hand_in(book, submitted=HandedIn(None, "Canvas", late=True))
    assert (mark_of(book).days_late, mark_of(book).late.marked, mark_of(book).points) == (None, True, Decimal(6))


def test_without_a_deadline_nothing_is_unknown_and_nothing_is_late(book):
    book.plan(WEEK)
    hand_in(book)
    assert (mark_of(book).days_late, mark_of(book).unknown) == (None, False)


# ---------------------------------------------------------------- each time that something came


def test_the_last_is_the_last_handed_in_also_where_it_is_earlier_bytes(book):
    book.plan(replace(WEEK, keep="last"))
    hand_in(book, "a", DUE, points=3.0)
    hand_in(book, "b", DUE + HOUR, points=8.0)
    assert mark_of(book).points == Decimal(8)
    again = SeenAgain("anna", "conv", work("a").digest, HandedIn(DUE + 2 * HOUR, "Moodle"))
    book.seen_again("week 1", [again, again])
    assert (mark_of(book).points, mark_of(book).attempts) == (Decimal(3), 2)
    book.plan(replace(LATE, keep="best"))
    assert (mark_of(book).points, mark_of(book).days_late) == (Decimal(7), 1)


@pytest.mark.parametrize("known", [True, False])
def test_without_all_times_the_last_is_what_the_gradebook_learned_of_last(book, known):
    book.plan(replace(WEEK, keep="last"))
    hand_in(book, "a", DUE + HOUR if known else None, points=3.0)
    hand_in(book, "b", points=8.0)
    assert mark_of(book).points == Decimal(8)
    book.seen_again("week 1", [SeenAgain("anna", "conv", work("b").digest, HandedIn())] * 2)
    assert mark_of(book).points == Decimal(8)
    book.seen_again("week 1", [SeenAgain("anna", "conv", work("a").digest, HandedIn())])
    assert mark_of(book).points == Decimal(3)


def test_grading_again_is_no_handing_in(book):
    book.plan(replace(WEEK, keep="last"))
    hand_in(book, "a", points=3.0)
    hand_in(book, "b", points=8.0)
    book.record(graded(points=4.0, work=work("a"), run="regrade", submitted=None))
    assert mark_of(book).points == Decimal(8)


def test_a_list_of_times_corrects_what_was_known_and_itself(book):
    book.plan(LATE)
    digest = work("a").digest
    told = [
        (HandedIn(DUE + 5 * DAY, FILES), 5),
        (HandedIn(DUE + 4 * DAY, FILES), 4),  # the files were copied
        (HandedIn(DUE + 3 * DAY, "Moodle"), 3),
        (HandedIn(DUE + 9 * DAY, FILES), 3),
        (HandedIn(DUE + 2 * DAY, STATED), 2),
        (HandedIn(DUE + 1 * DAY, STATED), 1),
        (HandedIn(DUE + 2 * DAY, STATED), 2),
        (HandedIn(DUE + 3 * DAY, "Moodle"), 2),
        (HandedIn(DUE + 1 * DAY, "Gradescope"), 2),
    ]
    hand_in(book, "a")
    for submitted, days in told:
        book.seen_again("week 1", [SeenAgain("anna", "conv", digest, submitted)])
        assert mark_of(book).days_late == days, submitted


def test_a_clock_that_is_read_in_another_zone_is_one_time_and_not_two(book):
    book.plan(replace(LATE, keep="last"))
    digest, clock = work("a").digest, "2027-03-01 13:30:00"
    hand_in(book, "a", submitted=HandedIn(DUE + 1.5 * HOUR, "Moodle's zip", clock=clock))
    assert mark_of(book).days_late == 1
    for hours, days in ((-0.5, 0), (1.5, 1), (-0.5, 0)):
        again = HandedIn(DUE + hours * HOUR, "Moodle's zip", clock=clock)
        book.seen_again("week 1", [SeenAgain("anna", "conv", digest, again)])
        assert mark_of(book).days_late == days
    later = HandedIn(DUE + 25 * HOUR, "Moodle's zip", clock="2027-03-02 14:00:00")
    book.seen_again("week 1", [SeenAgain("anna", "conv", digest, later)])
    assert mark_of(book).days_late == 2


# ---------------------------------------------------------------- extensions


def test_an_extension_moves_the_deadline_of_one_student(book):
    book.plan(LATE)
    for who in ("anna", "ben"):
        hand_in(book, who, DUE + DAY + HOUR, who=who)
    book.extend(allow(until=DUE + DAY))
    assert [(m.student, m.days_late, m.points) for m in book.marks("week 1")] == [
        ("anna", 1, Decimal(5)),
        ("ben", 2, Decimal(4)),
    ]
    book.extend(allow(until=DUE + 2 * DAY))
    assert mark_of(book).late.due.reason == "ill"
    assert (mark_of(book).days_late, mark_of(book).points) == (0, Decimal(6))
    book.extend(allow())
    assert mark_of(book).days_late == 2
    said = "\n".join(book.history("week 1", "anna"))
    assert said.count("by A. Rao: ill") == 3
    assert "no extension any more" in said
    assert "ill" not in "\n".join(book.history("week 1", "ben"))


def test_of_several_that_concern_a_student_the_most_generous_counts(book):
    book.plan(LATE)
    book.enrol([Person("anna", section="A"), Person("ben", section="A"), Person("cleo", section="B")])
    book.extend(allow("", section="A", until=DUE + DAY))
    book.extend(allow("anna", until=DUE + 2 * DAY))
    book.extend(allow("", until=DUE + HOUR))
    book.enrol([Person("dan", section="A")])  # joins later
    due = {who: book.due("week 1", who).at - DUE for who in ("anna", "ben", "cleo", "dan")}
    assert due == {"anna": 2 * DAY, "ben": DAY, "cleo": HOUR, "dan": DAY}
    book.plan(replace(LATE, deadline=DUE + 3 * DAY))
    assert not book.due("week 1", "anna").extended


def test_extra_time_is_a_part_of_the_time_there_is(book):
    book.plan(replace(LATE, opens=DUE - 4 * HOUR))
    book.enrol([Person("anna")])
    book.extend(allow(extra_time=Decimal(25)))
    assert book.due("week 1", "anna").at == DUE + HOUR
    book.extend(allow(extra_time=Decimal(25), until=DUE + DAY))
    assert book.due("week 1", "anna").at == DUE + DAY + HOUR


def test_who_is_excused_has_no_points_and_is_not_missing(book):
    book.plan(LATE)
    hand_in(book, at=DUE + DAY)
    book.enrol([Person("ben")])
    for who in ("anna", "ben"):
        book.extend(allow(who, excused=True))
    assert [(m.points, m.computed, m.excused) for m in book.marks("week 1")] == [
        (None, Decimal(5), True),
        (None, None, True),
    ]
    assert [(m.student, m.late.due.reason, m.late.due.author) for m in book.marks("week 1") if m.excused] == [
        ("anna", "ill", "A. Rao"),
        ("ben", "ill", "A. Rao"),
    ]
    rows = list(csv.DictReader(io.StringIO(to_csv(sheet(book, "week 1")))))
    assert [(r["excused"], r["conv"], r["total"]) for r in rows] == [("yes", "", "")] * 2
    book.override("week 1", "ben", "conv", Decimal(7), reason="oral exam", author="A. Rao")
    assert mark_of(book, "ben").points == Decimal(7)


def test_extensions_and_times_are_a_persons_also_where_they_were_entered_twice(book):
    book.plan(replace(LATE, keep="last"))
    hand_in(book, "a", DUE + 25 * HOUR, who="anna", points=3.0)
    hand_in(book, "b", DUE + 26 * HOUR, who="4711", points=8.0)
    hand_in(book, "a", DUE + 27 * HOUR, who="4711", points=3.0)
    book.extend(allow("anna", until=DUE + 2 * DAY))
    book.merge("4711", "anna", author="A. Rao")
    [mark] = book.marks("week 1")
    assert (mark.student, mark.points, mark.days_late, mark.attempts) == ("4711", Decimal(3), 0, 2)
    assert mark.late.at == DUE + 27 * HOUR
    assert book.extension("week 1", "anna")
    again = SeenAgain("4711", "conv", work("b").digest, HandedIn(DUE + 28 * HOUR, "Moodle"))
    book.seen_again("week 1", [again])
    assert book.marks("week 1")[0].points == Decimal(8)
    assert "ill" in "\n".join(book.history("week 1", "4711"))
    book.set_late_days(1)
    book.extend(allow("4711"))
    assert book.days_used() == {"4711": {"week 1": 1}}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (allow(until=DUE - HOUR), "no later than the deadline"),
        (allow(extra_time=Decimal(25)), "--opens TIME"),
        (allow("", section="Z", excused=True), "no student is in section 'Z'; sections: A"),
        (allow("zoe", excused=True), "no student 'zoe'"),
    ],
)
def test_what_gives_nothing_is_refused(book, given, said):
    book.plan(LATE)
    book.enrol([Person("anna", section="A")])
    with pytest.raises(GradebookError, match=said):
        book.extend(given)


# ---------------------------------------------------------------- late days


@pytest.fixture
def two_weeks(book):
    """Two assignments, ten percent a day, and three late days for both together."""
    rule = LateRule(percent_per_day=Decimal(10))
    for number, name in enumerate(("week 1", "week 2")):
        points = {"conv": Decimal(10), "pooling": Decimal(10)}
        book.plan(Plan(name, points, deadline=DUE + 7 * number * DAY, late=rule))
    book.set_late_days(3, author="A. Rao")
    return book


def test_late_days_pay_for_lateness_in_the_order_of_handing_in(two_weeks):
    late = {"week 1": DUE + 2 * DAY, "week 2": DUE + 9 * DAY}
    for name in ("week 2", "week 1"):  # the order of grading does not matter
        two_weeks.record(replace(graded(submitted=HandedIn(late[name], "Moodle")), assignment=name))
    marks = {name: mark_of(two_weeks, assignment=name) for name in late}
    assert {name: (m.days_late, m.late.free, m.points) for name, m in marks.items()} == {
        "week 1": (2, 2, Decimal(6)),
        "week 2": (2, 1, Decimal(5)),
    }
    assert two_weeks.days_used() == {"anna": {"week 1": 2, "week 2": 1}}
    two_weeks.extend(allow(until=DUE + 2 * DAY))  # what is not late any more needs no day
    assert mark_of(two_weeks, assignment="week 2").points == Decimal(6)


def test_a_day_covers_all_that_comes_for_the_assignment(two_weeks):
    for exercise in ("conv", "pooling"):
        two_weeks.record(replace(graded(submitted=HandedIn(DUE + 2 * DAY, "Moodle")), result=result(exercise=exercise)))
    two_weeks.record(graded(points=9.0, work=work("again"), submitted=HandedIn(DUE + 3 * DAY, "Moodle")))
    assert two_weeks.days_used() == {"anna": {"week 1": 3}}
    assert [m.points for m in two_weeks.marks("week 1")] == [Decimal(9), Decimal(6)]


def test_without_late_days_none_are_free(two_weeks):
    two_weeks.record(graded(submitted=HandedIn(DUE + 2 * DAY, "Moodle")))
    two_weeks.set_late_days(0, author="B. Ek")
    assert (mark_of(two_weeks).late.free, mark_of(two_weeks).points) == (0, Decimal(4))
    assert "late days in the course: 3 → 0 by B. Ek" in "\n".join(two_weeks.history("week 1"))
