"""Who is who: merged, renamed, withdrawn, and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from grader.gradebook import GradebookError, LateRule, Person
from grader.gradebook.sheet import sheet
from tests.gradebook.makers import DUE, WEEK, graded, mark_of, work

RAO = "A. Rao"


@pytest.fixture
def two(book):
    """One person, once by number and once by the name of a folder, with different work in each."""
    book.plan(WEEK)
    book.enrol([Person("4711", "Anna Ek", "A", {"sis": "4711"}), Person("ben")])
    book.record(graded("4711", points=6.0))
    book.record(graded("anna ek", points=9.0, work=work("later")))
    book.enrol([Person("anna ek", "anna ek", ids={"canvas": "12"})])
    return book


def keys(book) -> list[str]:
    return [row.key for row in sheet(book, "week 1").rows]


def test_a_merge_brings_marks_ids_and_history_along(two):
    lines = two.merge("4711", "anna ek", author=RAO)
    assert "gradings that came along: 1" in lines[0]
    assert lines[1] == "week 1, conv: 4711 had 6, anna ek 9; the best counts: 9"
    assert keys(two) == ["4711", "ben"]
    assert (mark_of(two, "4711").points, mark_of(two, "4711").attempts) == (9, 2)
    assert sheet(two, "week 1").rows[0].ids == {"sis": "4711", "canvas": "12"}
    assert two.find_student("anna ek") == two.find_student("12") == "4711"
    assert [s.student for s in two.stored("week 1")] == ["4711", "4711"]
    assert {key for key, *_ in two.done("week 1", "batch")} == {"4711"}
    events = two.history("week 1", "anna ek")[1:]  # the first tells how the assignment was made
    assert len(events) == 3
    assert events[-1].endswith("anna ek merged into 4711 by A. Rao")


def test_the_assignments_own_rule_says_what_counts(two):
    two.plan(replace(WEEK, keep="last"))
    assert two.merge("4711", "anna ek", author=RAO)[1].endswith("the last counts: 9")
    two.undo(author=RAO)
    two.override("week 1", "anna ek", "conv", Decimal(3), reason="copied", author=RAO)
    assert two.merge("4711", "anna ek", author=RAO)[1].endswith("what a person gave last counts: 3")


def test_taken_back_it_is_all_as_it_was(two):
    before, marks, possible = two.snapshot(), two.marks("week 1"), two.students()
    two.merge("4711", "anna ek", author=RAO)
    assert "taken back: anna ek merged into 4711 (by A. Rao" in two.undo(author="B. Ray")[0]
    assert (two.snapshot(), two.marks("week 1"), two.students()) == (before, marks, possible)
    assert two.parted() == {frozenset(("4711", "anna ek"))}
    assert "taken back by B. Ray: anna ek merged into 4711" in two.history("week 1", "4711")[-1]
    two.merge("4711", "anna ek", author=RAO)
    assert two.parted() == set()


def test_what_comes_later_under_either_name_is_one_persons(two):
    two.merge("4711", "anna ek", author=RAO)
    two.record(graded("anna ek", points=10.0, work=work("newest")))
    assert mark_of(two, "4711").points == 10
    two.enrol([Person("anna ek", "Somebody", ids={"canvas": "12"}), Person("4711", ids={"canvas": "12"})])
    assert [s.name for s in two.students()] == ["Anna Ek", ""]
    assert two.undo(author=RAO)[1] == "gradings since then, which stay with 4711: 1"


def test_the_same_work_of_both_is_one_attempt_graded_again_once(book):
    book.plan(replace(WEEK, deadline=DUE, late=LateRule(percent_per_day=Decimal(10))))
    book.record(graded("4711", points=9.0, submitted_at=DUE + timedelta(hours=1)))
    book.record(graded("anna", points=9.0, submitted_at=DUE))
    assert mark_of(book, "4711").days_late == 1
    book.merge("4711", "anna", author=RAO)
    assert (mark_of(book, "4711").attempts, mark_of(book, "4711").days_late) == (1, 0)
    assert book.record(graded("4711", points=4.0, run="regrade"))
    assert not book.record(graded("anna", points=4.0, run="regrade"))
    assert mark_of(book, "4711").points == 4


def test_three_become_one_and_part_again_one_by_one(two):
    two.record(graded("ek", points=1.0))
    two.merge("anna ek", "ek", author=RAO)
    two.merge("4711", "anna ek", author=RAO)
    assert next(s for s in two.students() if s.key == "4711").also == ("anna ek", "ek")
    assert mark_of(two, "4711").attempts == 2  # 4711 and ek have the same work
    two.undo(author=RAO)
    assert [(s.key, s.also) for s in two.students()] == [("4711", ()), ("anna ek", ("ek",)), ("ben", ())]
    two.undo(author=RAO)
    assert len(two.students()) == 4


def test_two_numbers_of_one_kind_are_told_of(two):
    two.enrol([Person("anna ek", ids={"sis": "99"})])
    assert two.merge("4711", "anna ek", author=RAO)[1] == "sis: 4711 stays, 99 is known, too; is it one person?"


def test_a_chosen_name_stays_whatever_rosters_and_files_say(two):
    two.rename("4711", " Anna\n Maria Ek ", author=RAO)
    two.enrol([Person("4711", "Anna Ek", "B")])
    known = next(s for s in two.students() if s.key == "4711")
    assert (known.name, known.section, known.names) == ("Anna Maria Ek", "B", ("Anna Maria Ek", "Anna Ek"))
    two.undo(author=RAO)
    two.enrol([Person("4711", "Anna Eck")])
    assert next(s for s in two.students() if s.key == "4711").name == "Anna Eck"


def test_what_is_handed_in_changes_nothing_that_is_known(book):
    book.enrol([Person("4711", "Anna Ek", "A", {"email": "anna@uni.example"})])
    book.enrol(
        [Person("4711", "Hacker", "B", {"email": "x@y.example", "sis": "9"}), Person("new", "N")], handed_in=True
    )
    assert [(s.key, s.name, s.section, s.ids) for s in book.students()] == [
        ("4711", "Anna Ek", "A", {"email": "anna@uni.example", "sis": "9"}),
        ("new", "N", "", {}),
    ]


def test_who_has_withdrawn_is_in_no_list_and_everything_is_kept(two):
    two.withdraw("4711", author=RAO)
    assert keys(two) == ["anna ek", "ben"]
    assert len(two.history("week 1", "4711")[1:]) == 2
    with pytest.raises(GradebookError, match="'4711' has withdrawn"):
        two.override("week 1", "4711", "conv", Decimal(1), reason="r", author=RAO)
    with pytest.raises(GradebookError, match="already"):
        two.withdraw("4711", author=RAO)
    two.undo(author=RAO)
    assert mark_of(two, "4711").points == 6


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda book: book.merge("4711", "4711", author=RAO), "one student already: 4711"),
        (lambda book: book.merge("4711", "zoe", author=RAO), "no student 'zoe'"),
        (lambda book: book.rename("4711", " ", author=RAO), "may not be empty"),
        (lambda book: book.undo(author=RAO), "no decision"),
    ],
)
def test_what_makes_no_sense_changes_nothing(two, decide, said):
    before = two.students()
    with pytest.raises(GradebookError, match=said):
        decide(two)
    assert two.students() == before
