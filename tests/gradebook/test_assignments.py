"""What an assignment takes, and when it is due, as an instructor types it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from grader.gradebook import Gradebook
from grader.model.feedback import Feedback
from grader.root import ROOT
from tests.gradebook.makers import DUE, WEEK, graded
from tests.gradebook.test_commands import run


@pytest.fixture
def where(tmp_path, monkeypatch) -> Path:
    """A gradebook with one assignment; the current folder is its folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "gradebook.sqlite"
    with Gradebook.open(path) as book:
        book.plan(WEEK)
    return path


# ---------------------------------------------------------------- what belongs to an assignment


def test_a_planned_assignment_takes_no_stray_exercise(where):
    run("assignment", "week 2", "--exercise", "conv=10", "--feedback", "verdict")
    for name, source in (("ada", "conv"), ("ben", "pooling")):
        folder = where.parent / "class" / name
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / f"{source}.py", folder / f"my_{source}.py")
    options = ["--assignment", "week 2", "--gradebook", where, "--no-timing", "--jobs", "1"]
    output = " ".join(run("batch", "class", *options).split())
    assert "it answers pooling, which is no part of this assignment" in output
    with Gradebook.open(where) as book:
        plan = book.planned("week 2")
    assert (dict(plan.points), plan.feedback, plan.closed) == ({"conv": Decimal(10)}, Feedback.VERDICT, True)
    output = " ".join(run("batch", "class", "--exercise", "pooling", *options, code=2).split())
    assert "grade assignment 'week 2' --exercise pooling" in output


def test_what_is_added_by_what_is_handed_in_changes_no_setting(where):
    run("assignment", "week 2", "--deadline", "2027-03-01", "--feedback", "verdict")
    (where.parent / "class").mkdir()
    shutil.copy(ROOT / "solutions" / "conv.py", where.parent / "class" / "ada.py")
    run("batch", "class", "--assignment", "week 2", "--gradebook", where, "--no-timing", "--jobs", "1")
    with Gradebook.open(where) as book:
        plan = book.planned("week 2")
    assert (list(plan.points), plan.feedback, plan.closed) == (["conv"], Feedback.VERDICT, False)
    assert plan.deadline is not None


@pytest.mark.slow
def test_once_a_person_has_decided_no_file_adds_an_exercise(where):
    (where.parent / "class").mkdir()
    shutil.copy(ROOT / "solutions" / "conv.py", where.parent / "class" / "ada.py")
    quick = ["--gradebook", where, "--no-timing", "--no-explain", "--jobs", "1"]
    run("batch", "class", *quick)
    run("assignment", "class", "--deadline", "2027-03-01")
    shutil.copy(ROOT / "solutions" / "pooling.py", where.parent / "class" / "ben.py")
    assert "no part of this assignment" in " ".join(run("batch", "class", *quick).split())
    with Gradebook.open(where) as book:
        assert list(book.planned("class").points) == ["conv"]


# ---------------------------------------------------------------- deadlines


@pytest.fixture
def berlin(monkeypatch) -> Iterator[None]:
    """A machine whose clock goes forward and back."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")  # Berlin, also where no zones are installed
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2027-03-01", "2027-03-01T22:59:59.999999+00:00"),  # the whole of that day
        ("2027-07-01T12:00", "2027-07-01T10:00:00+00:00"),
        ("2027-03-28T02:30+00:00", "2027-03-28T02:30:00+00:00"),
    ],
)
def test_a_deadline_is_in_this_machines_zone_unless_it_says_another(where, berlin, typed, kept):
    run("assignment", "week 1", "--deadline", typed)
    with Gradebook.open(where) as book:
        assert book.planned("week 1").deadline.isoformat() == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-03-28T02:30", ["does not exist", "2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00"]),
        ("2027-10-31T02:30", ["is there twice", "2027-10-31T02:30+02:00", "2027-10-31T02:30+01:00"]),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_refused_with_both_readings(where, berlin, typed, said):
    output = " ".join(run("assignment", "week 1", "--deadline", typed, code=2).split())
    assert [part for part in said if part not in output] == []


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--deadline", "2027-07-01T18:00 Europe/Berlin"], "due 2027-07-01 18:00 Europe/Berlin"),
        (["--zone", "Europe/Berlin", "--deadline", "2027-07-01T18:00"], "due 2027-07-01 18:00 Europe/Berlin"),
        (["--zone", "Asia/Kolkata", "--deadline", "2027-07-01T18:00+02:00"], "due 2027-07-01 21:30 Asia/Kolkata"),
        (["--deadline", "2027-07-01T18:00+05:30"], "due 2027-07-01 18:00+05:30"),
        (["--zone", "Europe/Berlin", "--deadline", "2027-03-01"], "due 2027-03-01 23:59:59 Europe/Berlin"),
        (
            ["--zone", "Europe/Berlin", "--deadline", "2027-10-31T02:30+01:00"],
            "due 2027-10-31 02:30+01:00 Europe/Berlin",
        ),
    ],
)
def test_a_zone_by_its_name_is_kept_and_shown_again(where, options, shown):
    assert shown in run("assignment", "week 1", *options)
    assert shown in run("assignment", "week 1", "--grace", "5")


def test_a_later_deadline_without_a_zone_is_in_the_zone_that_is_kept(where):
    run("assignment", "week 1", "--zone", "Europe/Berlin")
    assert "due 2027-03-01 18:00 Europe/Berlin" in run("assignment", "week 1", "--deadline", "2027-03-01T18:00")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--zone", "Europe/Nowhere"], "Europe/Nowhere"),
        (["--deadline", "2027-03-28T02:30 Europe/Berlin"], "does not exist: clocks go forward in Europe/Berlin"),
        (["--deadline", "2027-10-31T02:30 Europe/Berlin"], "is there twice in Europe/Berlin"),
        (["--opens", "2027-03-02", "--deadline", "2027-03-01"], "open after its deadline"),
        (["--exercise", "pooling=remove"], "'week 1' has conv"),
    ],
)
def test_what_makes_no_sense_changes_nothing(where, options, said):
    assert said in " ".join(run("assignment", "week 1", *options, code=2).split())
    with Gradebook.open(where) as book:
        assert book.planned("week 1") == WEEK


# ---------------------------------------------------------------- what a change does, and who made it


def test_an_exercise_is_taken_out_and_put_back_with_its_gradings(where):
    with Gradebook.open(where) as book:
        book.record(graded("ada"))
    assert "1 mark changes" in run("assignment", "week 1", "--exercise", "conv=remove", "--exercise", "loss")
    assert "conv" not in run("assignment", "week 1")
    with Gradebook.open(where) as book:
        assert [m.exercise for m in book.marks("week 1")] == ["loss"]
        assert book.stored("week 1") == []
    assert "no mark changes" in run("assignment", "week 1", "--exercise", "conv=10", "--exercise", "loss=remove")
    with Gradebook.open(where) as book:
        assert [(m.exercise, m.points) for m in book.marks("week 1")] == [("conv", Decimal(6))]


def test_a_change_says_how_many_marks_change_and_is_in_the_history_with_its_author(where):
    with Gradebook.open(where) as book:
        for who, hours in (("ada", 1), ("ben", 30), ("cleo", -1)):
            book.record(graded(who, submitted_at=DUE + timedelta(hours=hours)))
        book.record(graded("dan"))
    due = ["--deadline", "2027-03-01T12:00", "--zone", "UTC", "--by", "A. Rao"]
    said = run("assignment", "week 1", *due)
    assert "no mark changes" in said
    assert "time of handing in not known for 1 of 4: nothing is taken off" in said
    assert "2 marks change" in run("assignment", "week 1", "--per-day", "10", "--by", "B. Ek")
    assert "4 marks change" in run("assignment", "week 1", "--exercise", "conv=20", "--by", "A. Rao")
    told = run("history")
    assert "deadline: none → 2027-03-01 12:00 UTC by A. Rao" in told
    assert "a day late: 0 % → 10 % by B. Ek" in told
    assert "conv: 10 points → 20 points by A. Rao" in told
    assert "conv: handed in" not in told
    assert "conv: handed in anna/my_conv.py (says Moodle)" in run("history", "ben")
