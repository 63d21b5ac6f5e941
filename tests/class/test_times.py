"""What pages and JSON say of when work came, when it was due and what that cost."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from grader.classreport.pages import write_class
from grader.gradebook import Allowance, Gradebook, HandedIn, LateRule, Person, Plan, Work
from tests.gradebook.makers import DUE, graded

from .test_report import page, report, words


@pytest.fixture
def timed(book: Gradebook) -> Gradebook:
    """In time, late, late with an extension, late by an unknown time, of unknown time, excused, and nothing at all."""
    rule = LateRule(percent_per_day=Decimal(10))
    book.plan(Plan("week 1", {"conv": Decimal(10)}, deadline=DUE, late=rule, zone="Europe/Berlin"))
    came = {
        "early": HandedIn(DUE, "Moodle"),
        "late": HandedIn(DUE + timedelta(hours=25), "Moodle"),
        "longer": HandedIn(DUE + timedelta(hours=25), "Moodle"),
        "marked": HandedIn(None, "Canvas", late=True),
        "unknown": HandedIn(),
    }
    for who, submitted in came.items():
        book.record(graded(who, submitted=submitted, work=Work({"my_conv.py": who.encode()}, "my_conv.py")))
    book.enrol([Person("excused"), Person("missing")])
    why = {"reason": "ill", "author": "A. Rao"}
    book.extend(Allowance("week 1", student="longer", until=DUE + timedelta(days=1), **why))
    book.extend(Allowance("week 1", student="excused", excused=True, **why))
    return book


def test_a_student_reads_when_it_came_when_it_was_due_and_what_that_cost(timed: Gradebook, tmp_path: Path) -> None:
    timed.set_late_days(1)
    write_class(tmp_path / "out", timed, "week 1")
    said = {p.parent.name: words(page(p).xpath("//header")[0]) for p in tmp_path.glob("out/students/*/index.html")}
    due = "due 2027-03-01 13:00 Europe/Berlin"
    assert f"handed in 2027-03-01 13:00 Europe/Berlin (says Moodle) {due} in time" in said["early"]
    assert f"handed in 2027-03-02 14:00 Europe/Berlin (says Moodle) {due} 2 days late" in said["late"]
    assert "2 days late, 1 late day used: 1 point off Late days left in the course: 0" in said["late"]
    assert (
        "due 2027-03-02 13:00 Europe/Berlin, extended by A. Rao: ill 1 day late, 1 late day used: no" in said["longer"]
    )
    assert f"handed in late (says Canvas); by how much is not known {due} nothing was taken off" in said["marked"]
    assert f"the time of handing in is not known {due} nothing was taken off for lateness" in said["unknown"]
    assert "Late days left in the course: 1" in said["unknown"]
    assert "Excused" in said["excused"]
    assert "excused by A. Rao: ill" in said["excused"]
    assert sorted(said) == ["early", "excused", "late", "longer", "marked", "unknown"]


def test_the_class_sees_what_is_not_known_and_no_reasons(timed: Gradebook, tmp_path: Path) -> None:
    write_class(tmp_path / "out", timed, "week 1")
    found = page(tmp_path / "out" / "index.html")
    rows = [[words(c) for c in row.xpath("th|td")] for row in found.xpath("//table[@id='students-table']/tbody/tr")]
    remarks = {row[0]: row[-1].removesuffix("; Kernel flipped") for row in rows}
    assert remarks == {
        "early": "Kernel flipped",
        "late": "2 d late",
        "longer": "extended until 2027-03-02 13:00 Europe/Berlin; 1 d late",
        "marked": "late, by how much is not known",
        "unknown": "time of handing in not known",
        "excused": "excused",
        "missing": "no mark",
    }
    text = words(found)
    assert "Time of handing in not known 2 Nothing is taken off" in text
    assert "marked: Convolution from scratch: late, says the platform, and not by how much" in text
    assert "1 without." in text
    assert "excused: nothing" not in text
    assert "ill" not in text.split()
    assert "Time of handing in not known  2" in report(timed).output


def test_json_has_null_for_what_is_not_known(timed: Gradebook) -> None:
    people = {p["student"]: p for p in json.loads(report(timed, "--format", "json").output)["people"]}
    told = {who: p["exercises"]["conv"] for who, p in people.items()}
    assert {who: t["days_late"] for who, t in told.items()} == {
        "early": 0, "late": 2, "longer": 1, "marked": None, "unknown": None, "excused": None, "missing": None,
    }  # fmt: skip
    assert (told["late"]["submitted_at"], told["longer"]["due"]) == (
        "2027-03-02T13:00:00+00:00",
        "2027-03-02T12:00:00+00:00",
    )
    assert [who for who, t in told.items() if t["excused"]] == ["excused"]
    assert (people["excused"]["possible"], people["missing"]["possible"]) == (0, 10)
