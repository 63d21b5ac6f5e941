"""Moodle's offline grading worksheet: filled in where something is known, and else as it came."""

from __future__ import annotations

import csv
import io

import pytest

from grader.gradebook import GradebookError
from grader.gradebook.beside import Beside
from grader.gradebook.platform_file import read_platform_file
from grader.gradebook.worksheet import fill_worksheet, is_worksheet
from tests.gradebook.platforms import Enrolled, marks_of, moodle_export, sheet_of, worksheet, worksheet_after

POSSIBLE = {"conv": "10"}
SAYS = Beside(lambda mark: ["Kernel <flipped>."])
PEOPLE = [
    Enrolled(101, "Ada Ek", "ada@uni.example"),
    Enrolled(102, "Ben Åå", "ben@uni.example", marks={"": "6.00"}, feedback={"": "<p>See me.</p>"}),
    Enrolled(103, "Cleo Cruz", "cleo@uni.example", marks={"": "3.00"}),
    Enrolled(104, "=HYPERLINK(1)", "zoe@uni.example", marks={"": "9.00"}, feedback={"": "- mind the bias"}),
]
ADA = marks_of("ada", {"conv": "7"}, POSSIBLE, ids={"participant": "101"})
BEN = marks_of("ben@uni.example", {"conv": "8.5"}, POSSIBLE)
CLEO = marks_of("Cleo Cruz", {"conv": None}, POSSIBLE, name="Cleo Cruz")
OURS = sheet_of(POSSIBLE, ADA, BEN, CLEO)


@pytest.fixture
def file(tmp_path):
    """Reads a text as Moodle's file."""

    def read(text: str):
        (tmp_path / "theirs.csv").write_bytes(text.encode())
        return read_platform_file(tmp_path / "theirs.csv")

    return read


@pytest.mark.parametrize("german", [False, True])
def test_marks_and_comments_come_to_whom_they_belong(file, german):
    changes = fill_worksheet(OURS, {}, SAYS, file(worksheet(PEOPLE, german=german)))
    assert worksheet_after(PEOPLE, changes.text, german=german) == {
        101: ("7", "Kernel &lt;flipped&gt;."),
        102: ("8.5", "<p>See me.</p>"),
        103: ("3.00", ""),
        104: ("9.00", "- mind the bias"),
    }
    assert changes.comparison.only_there == ["=HYPERLINK(1)"]
    assert changes.notes == [
        "Moodle has other feedback for these; --replace-feedback puts this in its place: ben@uni.example"
    ]


def test_all_other_cells_stay_as_they_came_but_for_formulas(file):
    came = worksheet(PEOPLE)
    before = list(csv.reader(io.StringIO(came)))
    after = list(csv.reader(io.StringIO(fill_worksheet(OURS, {}, SAYS, file(came)).text)))
    others = [n for n in range(len(before[0])) if n not in (4, 10)]
    assert [[row[n] for n in others] for row in after[:-1]] == [[row[n] for n in others] for row in before[:-1]]
    assert after[1][9] == "-", "Moodle reads here when a grade was given last"
    assert after[4][1] == "'=HYPERLINK(1)"


def test_who_cannot_be_told_apart_or_graded_is_told(file):
    locked = fill_worksheet(OURS, {"conv": "Grade"}, SAYS, file(worksheet(PEOPLE, locked=[101])))
    assert "locked in Moodle, which will not take another mark: ada" in locked.notes
    blind = [Enrolled(p.number, "", "") for p in PEOPLE]
    changes = fill_worksheet(OURS, {}, SAYS, file(worksheet(blind)))
    assert worksheet_after(blind, changes.text)[101][0] == "7"
    assert changes.comparison.only_there == ["Participant 102", "Participant 103", "Participant 104"]
    assert changes.comparison.only_here == ["ben@uni.example"]


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        (worksheet(PEOPLE, "100.00"), {}, "the most that Moodle gives is 100.00, and conv is worth 10 here"),
        (worksheet(PEOPLE).replace("Maximum Grade", "Scale"), {}, "is graded on a scale"),
        (worksheet(PEOPLE).replace("Grade,", "Note,"), {}, "which column of theirs.csv is the grade"),
        (worksheet(PEOPLE), {"conv": "Mark"}, "no column 'Mark'"),
        (worksheet(PEOPLE), {"conv": "Grade", "total": "Grade"}, "one --column"),
        (worksheet([Enrolled(101, "Ben Åå", "b@uni.example")]), {}, "participant 101 is 'Ben Åå' there and Ada Ek"),
        (worksheet([Enrolled(101, "Ben Åå", "ben@uni.example")]), {}, "belong to ada and ben@uni.example here"),
    ],
)
def test_another_assignment_s_worksheet_is_refused(file, text, columns, said):
    named = marks_of("ada", {"conv": "7"}, POSSIBLE, name="Ada Ek", ids={"participant": "101"})
    with pytest.raises(GradebookError, match=said):
        fill_worksheet(sheet_of(POSSIBLE, named, BEN), columns, SAYS, file(text))


def test_another_address_alone_is_not_another_person(file):
    named = marks_of(
        "ada", {"conv": "7"}, POSSIBLE, name="Ek, Ada", ids={"participant": "101", "email": "a@old.example"}
    )
    changes = fill_worksheet(sheet_of(POSSIBLE, named), {}, SAYS, file(worksheet(PEOPLE)))
    assert worksheet_after(PEOPLE, changes.text)[101][0] == "7"


def test_a_worksheet_is_told_from_an_export_of_the_gradebook(file):
    assert is_worksheet(file(worksheet(PEOPLE)))
    assert is_worksheet(file(worksheet(PEOPLE, german=True)))
    assert not is_worksheet(file(moodle_export(PEOPLE, ["Assignment: Conv"])))
