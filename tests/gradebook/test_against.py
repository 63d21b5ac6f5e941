"""Exports beside what the platform has: what would change is told first, and nothing else changes."""

from __future__ import annotations

import pytest

from grader.errors import GraderError
from grader.gradebook import GradebookError
from grader.gradebook.beside import Beside
from grader.gradebook.canvas import canvas_changes
from grader.gradebook.comparison import Fate
from grader.gradebook.moodle_changes import moodle_changes
from grader.gradebook.platform_file import PlatformFile, read_platform_file
from tests.gradebook.platforms import (
    Enrolled,
    canvas_after,
    canvas_export,
    canvas_import,
    marks_of,
    moodle_export,
    moodle_import,
    sheet_of,
)

CONV, POOLING, ESSAY = "Conv (4711)", "Pooling, max (4712)", "Essay (4713)"
POSSIBLE = {"conv": "10", "pooling": "5"}
ALL = {"conv": CONV, "pooling": POOLING}
ADA = Enrolled(12, "Ek, Ada", "aek", "S1", {CONV: "", POOLING: "5.0", ESSAY: "3"})
BEN = Enrolled(13, "Åå, Ben", "ben@uni.example", "S2", {CONV: "6.00", POOLING: "2", ESSAY: ""})
CLEO = Enrolled(14, "Cruz, Cleo", "cleo", "S3", {CONV: "EX", POOLING: "4", ESSAY: "1"})
ZOE = Enrolled(15, "Li, Zoe", "zoe", "S4", {CONV: "9", POOLING: "", ESSAY: ""})
IDS = {"canvas": "12", "email": "ada@uni.example"}
CLASS = [ADA, BEN, CLEO, ZOE]
WORTH = {CONV: "10.0", POOLING: "5.0", ESSAY: "3.0"}


def ours(**points):
    """The gradebook's marks of Ada, Ben and Cleo, whom it knows by different ids; `conv` of each can be given."""
    return sheet_of(
        POSSIBLE,
        marks_of("ada", {"conv": points.get("ada", "7"), "pooling": "5"}, POSSIBLE, ids=IDS),
        marks_of("ben@uni.example", {"conv": points.get("ben", "6"), "pooling": None}, POSSIBLE),
        marks_of("Cleo Cruz", {"conv": points.get("cleo", "8"), "pooling": "4.5"}, POSSIBLE, name="Cleo Cruz"),
    )


@pytest.fixture
def file(tmp_path):
    """Reads a text as the file of a platform."""

    def read(text: str, encoding: str = "utf-8") -> PlatformFile:
        path = tmp_path / "theirs.csv"
        path.write_bytes(text.encode(encoding))
        return read_platform_file(path)

    return read


def fates(changes):
    return {(c.who.partition(" (")[0], c.column): (c.old, c.new, str(c.fate)) for c in changes.comparison.cells}


def test_what_is_new_changed_and_kept_is_told(file):
    changes = canvas_changes(ours(), ALL, file(canvas_export(CLASS, WORTH)))
    assert fates(changes) == {
        ("ada", CONV): ("", "7", "new"),
        ("ada", POOLING): ("5.0", "5.0", "the same"),
        ("ben@uni.example", CONV): ("6.00", "6.00", "the same"),
        ("ben@uni.example", POOLING): ("2", "2", "the same"),
        ("Cleo Cruz", CONV): ("EX", "EX", "kept"),
        ("Cleo Cruz", POOLING): ("4", "4.5", "changed"),
    }
    assert changes.comparison.only_there == ["Li, Zoe"]
    assert changes.comparison.only_here == []


def test_the_file_holds_what_changes_and_the_platform_s_own_cells(file):
    text = canvas_changes(ours(), ALL, file(canvas_export(CLASS, WORTH))).text
    assert canvas_import(text) == {
        "possible": {"4711": "10.0", "4712": "5.0"},
        "12": {"4711": "7", "4712": "5.0"},
        "14": {"4711": "EX", "4712": "4.5"},
    }
    after = canvas_after(CLASS, text)
    assert after["13"] == {"4711": "6.00", "4712": "2", "4713": ""}
    assert after["12"]["4713"] == "3"


@pytest.mark.parametrize("options", [{"delimiter": ";"}, {"with_sis": False}, {"bom": "\ufeff"}])
def test_canvas_s_file_in_all_its_forms(file, options):
    comma = options.get("delimiter") == ";"
    people = [ADA, Enrolled(13, "Åå, Ben", "ben@uni.example", "S2", {CONV: "6,5" if comma else "6.5"})]
    text = canvas_changes(ours(ada="7.25"), {"conv": CONV}, file(canvas_export(people, WORTH, **options))).text
    assert ("7,25" in text) == comma
    found = canvas_import(text)
    assert (found["12"], found["13"]) == ({"4711": "7.25"}, {"4711": "6"})
    assert text.splitlines()[0].count("SIS User ID") == options.get("with_sis", True)


def test_a_row_that_would_need_an_empty_cell_is_left_out_and_told_of(file):
    people = [ADA, Enrolled(13, "Åå, Ben", "ben@uni.example", "S2", {})]
    changes = canvas_changes(ours(), ALL, file(canvas_export(people, WORTH)))
    assert canvas_import(changes.text).keys() == {"possible", "12"}
    assert changes.notes[0].startswith("left out, as they have only some of the marks: ben@uni.example.")
    assert changes.comparison.only_here == ["Cleo Cruz"]
    alone = canvas_changes(ours(), {"conv": CONV}, file(canvas_export(people, WORTH)))
    assert canvas_import(alone.text)["13"] == {"4711": "6"}


def with_zero(**more):
    """Ben handed in no pooling, and gets 0 for it."""
    rows = list(ours().rows)
    ben = marks_of("ben@uni.example", {"conv": "6", "pooling": "0"}, POSSIBLE, zeros={"pooling"}, **more)
    return sheet_of(POSSIBLE, rows[0], ben, rows[2])


def test_a_0_for_what_is_missing_fills_gaps_and_erases_nothing(file):
    changes = canvas_changes(with_zero(), ALL, file(canvas_export(CLASS, WORTH)))
    assert fates(changes)["ben@uni.example", POOLING] == ("2", "0", "erased")
    with pytest.raises(GradebookError, match=r"would erase 1 marks of theirs.csv .* \(ben@uni.example 2 → 0\)"):
        changes.comparison.refuse_erasing()
    people = [ADA, Enrolled(13, "Åå, Ben", "ben@uni.example", "S2", {CONV: "6", POOLING: ""})]
    filled = canvas_changes(with_zero(), ALL, file(canvas_export(people, WORTH)))
    filled.comparison.refuse_erasing()
    assert canvas_import(filled.text)["13"] == {"4711": "6", "4712": "0"}


def test_a_total_of_a_part_does_not_lower_a_mark(file):
    title, worth = "Homework 1 (9)", {"Homework 1 (9)": "15"}
    people = [Enrolled(13, "Åå, Ben", "ben@uni.example", "S2", {title: "8"})]
    changes = canvas_changes(ours(), {"total": title}, file(canvas_export(people, worth)))
    assert changes.comparison.of(Fate.ERASED)
    lower = [Enrolled(12, "Ek, Ada", "aek", "S1", {title: "14"})]
    graded = canvas_changes(ours(), {"total": title}, file(canvas_export(lower, worth)))
    assert fates(graded)["ada", title] == ("14", "12", "changed"), "everything of it was graded: that is a correction"


def test_who_is_excused_is_so_in_canvas(file):
    excused = sheet_of(
        POSSIBLE, marks_of("ada", {"conv": None, "pooling": "5"}, POSSIBLE, excused={"conv"}, ids={"sis": "S1"})
    )
    text = canvas_changes(excused, {"conv": CONV}, file(canvas_export(CLASS, WORTH))).text
    assert canvas_import(text)["12"] == {"4711": "EX"}


@pytest.mark.parametrize(
    ("people", "columns", "worth", "said"),
    [
        (CLASS, {"conv": "Convolution (4711)"}, WORTH, "theirs.csv has no column 'Convolution"),
        (CLASS, {"conv": CONV}, {**WORTH, CONV: "100.0"}, r"worth 100.0 points in Canvas, and conv 10 here"),
        ([ADA, Enrolled(16, "Other", "x", "", {})], {"conv": CONV}, WORTH, None),
        ([Enrolled(12, "A", "ben@uni.example", "S9", {})], {"conv": CONV}, WORTH, "belong to ada and ben@uni.example"),
        ([ADA, Enrolled(12, "Twin", "", "", {})], {"conv": CONV}, WORTH, "'Ek, Ada' and 'Twin' are both ada here"),
    ],
)
def test_what_does_not_fit_is_refused(file, people, columns, worth, said):
    if said is None:
        assert canvas_changes(ours(), columns, file(canvas_export(people, worth))).comparison.only_there == ["Other"]
        return
    with pytest.raises(GradebookError, match=said):
        canvas_changes(ours(), columns, file(canvas_export(people, worth)))


def test_a_name_speaks_only_where_no_id_speaks_against_it(file):
    namesake = [Enrolled(77, "Cruz, Cleo", "other", "S77", {})]
    known = sheet_of(
        POSSIBLE, marks_of("cleo", {"conv": "8", "pooling": "1"}, POSSIBLE, name="Cleo Cruz", ids={"canvas": "14"})
    )
    changes = canvas_changes(known, {"conv": CONV}, file(canvas_export(namesake, WORTH)))
    assert (changes.comparison.only_there, changes.comparison.only_here) == (["Cruz, Cleo"], ["Cleo Cruz (cleo)"])
    assert canvas_changes(ours(), ALL, file(canvas_export(CLASS, WORTH))).comparison.by_name == ["Cleo Cruz"]
    twice = [*namesake, CLEO]
    by_name = sheet_of(POSSIBLE, marks_of("Cleo Cruz", {"conv": "8", "pooling": "1"}, POSSIBLE, name="Cleo Cruz"))
    assert not canvas_changes(by_name, {"conv": CONV}, file(canvas_export(twice, WORTH))).comparison.cells


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("PK\x03\x04", "workbook"),
        ("Student,ID\na\n", "row 2 has not 2 cells"),
        ("a,b\n1,2\n", "no columns ID"),
    ],
)
def test_what_is_no_platform_s_file_is_refused(file, text, said):
    with pytest.raises(GraderError, match=said):
        canvas_changes(ours(), {"conv": CONV}, file(text))


# ---------------------------------------------------------------- Moodle

ITEM, OTHER = "Assignment: Conv", "Quiz: Weights"
IN_MOODLE = [
    Enrolled(1, "Ada Ek", "ada@uni.example", "S1", {OTHER: "9.00"}, {}),
    Enrolled(2, "Ben Åå", "ben@uni.example", "S2", {ITEM: "6.00"}, {ITEM: "<p>See me.</p>"}),
    Enrolled(3, "Cleo Cruz", "cleo@uni.example", "S3", {ITEM: "3.00"}, {ITEM: "<p>See me.</p>"}),
    Enrolled(4, "Zoe Li", "zoe@uni.example", "S4", {ITEM: "9.00"}, {}),
]
SAYS = Beside(lambda mark: [f"{mark.exercise} <lost>"])


def test_moodle_gets_new_and_changed_marks_and_keeps_other_words(file):
    there = file(moodle_export(IN_MOODLE, [ITEM, OTHER]))
    changes = moodle_changes(ours(), {"conv": ITEM}, "email", SAYS, there)
    assert moodle_import(changes.text) == {"cleo@uni.example": {f"{ITEM} (Real)": (8.0, "<p>See me.</p>")}, **ADA_NEW}
    assert "--replace-feedback puts this in its place: Cleo Cruz" in changes.notes[0]
    replaced = moodle_changes(ours(), {"conv": ITEM}, "email", Beside(SAYS.messages, replace=True), there)
    assert moodle_import(replaced.text)["cleo@uni.example"] == {f"{ITEM} (Real)": (8.0, "conv &lt;lost&gt;")}


ADA_NEW = {"ada@uni.example": {f"{ITEM} (Real)": (7.0, "conv &lt;lost&gt;")}}


def test_moodle_s_feedback_is_not_touched_where_the_file_does_not_show_it(file):
    there = file(moodle_export(IN_MOODLE, [ITEM], with_feedback=False))
    changes = moodle_changes(ours(), {"conv": f"{ITEM} (Real)"}, "moodle", SAYS, there)
    assert moodle_import(changes.text) == {"S1": {f"{ITEM} (Real)": (7.0, None)}, "S3": {f"{ITEM} (Real)": (8.0, None)}}
    assert "export it from there with feedback" in changes.notes[0]


def test_a_german_moodle(file):
    people = [Enrolled(3, "Cleo Cruz", "cleo@uni.example", "S3", {ITEM: "3,00"})]
    text = moodle_export(people, [ITEM], delimiter=";")
    for english, german in {
        "First name": "Vorname",
        "Last name": "Nachname",
        "Email address": "E-Mail-Adresse",
    }.items():
        text = text.replace(english, german)
    text = moodle_changes(ours(cleo="8.5"), {"conv": ITEM}, "email", SAYS, file(text, "cp1252")).text
    assert text.splitlines()[0].split(";")[0] == "E-Mail-Adresse"
    assert ";8,5;" in text


@pytest.mark.parametrize(
    ("columns", "by", "said"),
    [
        ({}, "email", "it has: Assignment: Conv"),
        ({"conv": "Other"}, "email", "no column 'Other'"),
        ({"conv": ITEM}, "login", "no column 'Username'"),
    ],
)
def test_what_moodle_s_file_lacks_is_told(file, columns, by, said):
    with pytest.raises(GradebookError, match=said):
        moodle_changes(ours(), columns, by, SAYS, file(moodle_export(IN_MOODLE, [ITEM])))


def test_a_key_that_is_a_number_of_somebody_else_s_is_not_taken_for_an_id(file):
    numbered = [
        marks_of("1", {"conv": "8", "pooling": "1"}, POSSIBLE, name="Dan Fry"),
        marks_of("2", {"conv": "9", "pooling": "1"}, POSSIBLE, name="Eve Li"),
    ]
    people = [Enrolled(12, "Ek, Ada", "aek", "1", {}), Enrolled(13, "Li, Eve", "eve", "2", {})]
    changes = canvas_changes(sheet_of(POSSIBLE, *numbered), {"conv": CONV}, file(canvas_export(people, WORTH)))
    assert canvas_import(changes.text).keys() == {"possible", "13"}
    assert changes.comparison.only_here == ["Dan Fry (1)"]
