"""What is recorded, once, and comes back as it went in; the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from grader.gradebook import GradebookError, LateRule, Person, Work
from grader.gradebook.findings import findings
from grader.gradebook.tables import Attempt, GradedCheck, Grading, Incident, Source
from tests.gradebook.makers import DUE, WEEK, count, graded, mark_of, result, work


def test_a_grading_comes_back_as_it_went_in(book):
    book.plan(WEEK)
    one = graded(submitted_at=DUE, notes=["cell 3 was skipped"], stdout="hello\n")
    assert book.record(one)
    with book.reading() as session:
        grading = session.scalars(select(Grading)).one()
        assert (grading.score, grading.max_score, grading.seed) == (Decimal(6), Decimal(10), "7")
        assert (grading.isolation, grading.run, grading.notes) == ("confined", "batch", ["cell 3 was skipped"])
        assert grading.stdout == "hello\n"
        assert {"python", "numpy", "torch", "cnn-grader"} <= grading.environment.keys()
        assert [(a.at, a.source) for a in grading.attempt.arrivals] == [(DUE, "Moodle")]
        assert [c.verdict for c in grading.checks] == ["accepted", "wrong_answer"]
        lost = grading.checks[1]
        assert (lost.misconception, lost.misconception_title) == ("kernel-flipped", "Kernel flipped")
        assert (lost.message, lost.evidence) == ("", None)
        assert repr(findings(lost)) == repr(one.result.checks[1].findings)


def test_times_of_any_zone_are_the_same_moment_and_a_time_without_one_is_a_mistake(book):
    deadline = DUE.astimezone(timezone(timedelta(hours=5, minutes=30)))
    book.plan(replace(WEEK, deadline=deadline))
    assert book.planned("week 1").deadline == DUE
    with pytest.raises(StatementError, match="no time zone"):
        book.plan(replace(WEEK, deadline=DUE.replace(tzinfo=None)))


def test_a_second_delivery_changes_nothing(book):
    book.plan(WEEK)
    assert book.record(graded())
    before = book.snapshot()
    assert not book.record(graded())
    assert not book.record(graded(points=9.0))
    assert book.snapshot() == before
    assert (count(book, Attempt), count(book, Grading), count(book, GradedCheck)) == (1, 1, 2)


def test_done_is_what_a_resumed_run_may_skip(book):
    book.plan(WEEK)
    book.record(graded("anna"))
    book.record(graded("ben", broken=True))
    book.record(graded("cleo", run="another"))
    assert book.done("week 1", "batch") == {("anna", "conv", work().digest, "")}


def test_a_sound_grading_takes_the_place_of_one_that_our_error_spoiled(book):
    book.plan(WEEK)
    assert book.record(graded(points=2.0, broken=True))
    assert mark_of(book).internal_error
    assert not book.record(graded(points=3.0, broken=True))
    assert book.record(graded(points=6.0))
    assert not book.record(graded(points=2.0, broken=True))
    assert (mark_of(book).points, mark_of(book).internal_error) == (Decimal(6), False)
    assert count(book, Grading) == 2


def test_a_spoiled_regrade_does_not_displace_a_sound_grading(book):
    book.plan(WEEK)
    book.record(graded(points=6.0))
    book.record(graded(points=1.0, broken=True, run="regrade"))
    assert (mark_of(book).points, mark_of(book).internal_error) == (Decimal(6), False)


def test_the_newest_run_counts_and_the_others_are_kept(book):
    book.plan(WEEK)
    book.record(graded(points=6.0))
    book.record(graded(points=4.0, run="regrade"))
    assert (mark_of(book).points, mark_of(book).attempts) == (Decimal(4), 1)
    assert count(book, Grading) == 2
    made, *gradings = book.history("week 1", "anna")
    assert "conv: none → 10 points" in made
    assert [line.split("graded ")[1][:8] for line in gradings] == ["6 of 10 ", "4 of 10 "]


def test_the_same_source_is_kept_once(book):
    book.plan(WEEK)
    for student in ("anna", "ben"):
        book.record(graded(student))
        book.record(graded(student, label="2"))
    assert (count(book, Source), count(book, Attempt)) == (1, 4)


@pytest.mark.parametrize(
    "kept",
    [
        Work({"b/helper.py": b"\xff\x00raw", "my_conv.py": "# ü".encode()}, "my_conv.py"),
        Work({"notebook/cell_001.py": b"x = 1"}, "notebook"),
        Work({}, "", "The notebook cannot be read"),
    ],
)
def test_sources_come_back_byte_for_byte(book, kept):
    book.plan(WEEK)
    book.record(graded(work=kept))
    (stored,) = book.stored("week 1")
    assert stored.digest == kept.digest
    back = book.work(stored.source)
    assert (dict(back.files), back.main, back.problem) == (dict(kept.files), kept.main, kept.problem)
    assert back.digest == kept.digest


def test_digests_tell_files_apart():
    several = [
        Work({"a.py": b"x", "b.py": b"y"}, "a.py"),
        Work({"a.py": b"x", "b.py": b"y"}, "b.py"),
        Work({"a.py": b"xb.py", "": b"y"}, "a.py"),
        Work({"a.py": b"y", "b.py": b"x"}, "a.py"),
        Work({}, "", "one"),
        Work({}, "", "two"),
    ]
    assert len({w.digest for w in several}) == len(several)


def test_incidents_are_kept_apart_from_marks(book):
    book.plan(WEEK)
    book.enrol([Person("anna")])
    book.incident("week 1", "anna", "conv", "batch", "the worker was killed twice")
    assert count(book, Incident) == 1
    assert mark_of(book).points is None
    assert book.done("week 1", "batch") == set()


HOSTILE = ["\x00nul", "\udcff", "'; DROP TABLE students; --", "=cmd|' /C calc'!A0", "٣\u202e\u200f", "x" * 100_000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t[:12]))
def test_hostile_texts_are_kept_as_text(book, text):
    book.plan(WEEK)
    book.enrol([Person(f"anna{text}", text, text, {"email": text})])
    one = graded(
        f"anna{text}",
        error=text,
        notes=[text],
        stdout=text,
        label=text,
        work=work(text.encode("utf-8", "replace").decode()),
    )
    assert book.record(one)
    assert not book.record(one)
    assert len(book.marks("week 1")) == 1
    assert book.history("week 1", book.marks("week 1")[0].student)


def test_seeds_of_any_size(book):
    book.plan(WEEK)
    book.record(replace(graded(), result=replace(result(), seed=2**200)))
    assert book.stored("week 1")[0].seed == 2**200


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (replace(WEEK, keep="worst"), "best or last"),
        (replace(WEEK, late=LateRule(cap=Decimal(-1))), "negative"),
        (replace(WEEK, points={"conv": Decimal(-1)}), "negative"),
    ],
)
def test_plans_that_make_no_sense_are_refused(book, plan, said):
    with pytest.raises(GradebookError, match=said):
        book.plan(plan)
    assert book.assignments() == []


def test_what_is_not_there_is_said(book):
    with pytest.raises(GradebookError, match="no assignment 'week 1'"):
        book.record(graded())
    book.plan(WEEK)
    with pytest.raises(GradebookError, match="no exercise 'pooling'; it has conv"):
        book.record(graded(exercise="pooling"))
    with pytest.raises(GradebookError, match="no student 'nobody'"):
        book.override("week 1", "nobody", "conv", None, reason="x", author="y")
    with pytest.raises(GradebookError, match="needs a key"):
        book.record(graded(" "))
    assert book.the_assignment(None) == "week 1"
    book.plan(replace(WEEK, name="week 2"))
    with pytest.raises(GradebookError, match="week 1, week 2"):
        book.the_assignment(None)


def test_both_databases_hold_the_same(tmp_path, postgresql, books):
    both = [books(tmp_path / "book.sqlite"), books(postgresql)]
    for book, order in zip(both, (1, -1), strict=True):
        book.plan(WEEK)
        for number in list(range(20))[::order]:
            book.record(graded(f"s{number}", points=number / 4, work=work(f"v = {number % 7}"), broken=number == 3))
    first, second = (book.snapshot() for book in both)
    assert len(first) == 20 + 20 + 20 + 41
    assert first == second
    assert [replace(m, grading=0) for m in both[0].marks("week 1")] == [
        replace(m, grading=0) for m in both[1].marks("week 1")
    ]
