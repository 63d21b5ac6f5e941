"""`grade extend` as an examination office types it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from grader.gradebook import Gradebook, LateRule, Person
from tests.gradebook.makers import DUE, WEEK, graded
from tests.gradebook.test_commands import run

WHY = ["--reason", "ill", "--by", "A. Rao"]


@pytest.fixture
def where(tmp_path, monkeypatch) -> Path:
    """Three students of two sections who were a day late; the current folder is the gradebook's."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "gradebook.sqlite"
    with Gradebook.open(path) as book:
        rule = LateRule(percent_per_day=Decimal(10))
        book.plan(replace(WEEK, deadline=DUE, opens=DUE - timedelta(days=8), zone="Europe/Berlin", late=rule))
        book.enrol([Person(who, section=section) for who, section in (("ada", "A"), ("ben", "A"), ("cleo", "B"))])
        for who in ("ada", "ben", "cleo"):
            book.record(graded(who, submitted_at=DUE + timedelta(hours=20)))
    return path


def points(where: Path) -> dict[str, Decimal | None]:
    """Student → what counts."""
    with Gradebook.open(where) as book:
        return {m.student: m.points for m in book.marks("week 1")}


def test_one_student_a_section_or_all(where):
    assert points(where) == dict.fromkeys(("ada", "ben", "cleo"), Decimal(5))
    said = run("extend", "ada", "--until", "2027-03-02T18:00", *WHY)
    assert said == "week 1, ada: due 2027-03-02 18:00 Europe/Berlin\n1 mark changes\n"
    assert "section A: until 2027-03-02 23:59:59 Europe/Berlin\n1 mark changes" in run(
        "extend", "--section", "A", "--until", "2027-03-02", *WHY
    )
    assert points(where) == {"ada": Decimal(6), "ben": Decimal(6), "cleo": Decimal(5)}
    assert "everybody: until" in run("extend", "--all", "--until", "2027-03-03", *WHY)
    assert points(where)["cleo"] == Decimal(6)
    assert "1 mark changes" in run("extend", "--all", "--undo", *WHY)
    assert points(where)["cleo"] == Decimal(5)


def test_extra_time_and_an_excuse(where):
    assert "due 2027-03-03 13:00 Europe/Berlin" in run("extend", "ada", "--extra-time", "25 %", *WHY)
    assert "ben: excused\n1 mark changes" in run("extend", "ben", "--excused", *WHY)
    table = run("gradebook")
    assert "excused" in table
    assert "3 students, 2 of 3 marks, 1 excused" in table
    assert "excused by A. Rao: ill" in run("history", "ben")
    assert "1 mark changes" in run("extend", "ben", "--undo", *WHY)
    assert points(where)["ben"] == Decimal(5)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "for whom"),
        (["ada", "--all", "--excused"], "for whom"),
        (["ada"], "what?"),
        (["ada", "--until", "2027-03-05", "--excused"], "what?"),
        (["ada", "--until", "2027-03-05", "--undo"], "what?"),
        (["ada", "--undo"], "ada has no extension for 'week 1'"),
        (["ada", "--until", "soon"], "--until soon: write it as"),
        (["ada", "--until", "2027-02-05"], "no later than the deadline, 2027-03-01 13:00 Europe/Berlin"),
        (["ada", "--until", "2027-03-28T02:30"], "does not exist"),
        (["ada", "--extra-time", "0"], "percent of the time"),
        (["zoe", "--excused"], "no student 'zoe'"),
        (["--section", "C", "--excused"], "sections: A, B"),
        (["ada", "--excused", "--assignment", "week 9"], "no assignment 'week 9'"),
    ],
)
def test_mistakes_are_told_in_one_line_and_change_nothing(where, arguments, said):
    output = run("extend", *arguments, *WHY, code=2)
    assert said in output
    assert output.count("\n") == 1
    with Gradebook.open(where) as book:
        assert not [line for line in book.history("week 1") if "A. Rao" in line]


def test_late_days_of_the_course(where):
    assert "1 late day in the whole course" in (said := run("assignment", "week 1", "--late-days", "1"))
    assert "3 marks change" in said
    assert set(points(where).values()) == {Decimal(6)}
