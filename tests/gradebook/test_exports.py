"""Files for Canvas, Moodle and spreadsheets, read back by their readers' rules."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from grader.gradebook import GradebookError, LateRule, Person
from grader.gradebook.canvas import to_canvas
from grader.gradebook.messages import messages
from grader.gradebook.moodle import to_moodle
from grader.gradebook.records import Downloaded
from grader.gradebook.sheet import sheet
from grader.model import CheckResult, Verdict
from grader.model.feedback import Feedback
from tests.gradebook.makers import DUE, WEEK, graded
from tests.gradebook.platforms import canvas_import, moodle_import

TITLE = "Homework 1 (4711)"


# ---------------------------------------------------------------- Canvas


def test_canvas_finds_students_assignments_and_points(class_of_four):
    text, notes = to_canvas(sheet(class_of_four, "week 1"), {"conv": "Conv (4711)", "pooling": "Pooling, max (4712)"})
    assert canvas_import(text) == {
        "possible": {"4711": "10", "4712": "5"},
        "12": {"4711": "6", "4712": "5"},
    }
    assert notes[0] == "left out, so that Canvas keeps what it has: 1 student without a mark"
    assert notes[1].startswith("left out, as they have only some of the marks: dan, ben")
    alone, _ = to_canvas(sheet(class_of_four, "week 1"), {"conv": "Conv (4711)"})
    assert canvas_import(alone)["sis S2"] == {"4711": "9.5"}


def test_a_mark_that_is_missing_is_0_only_where_that_is_asked_for(class_of_four):
    class_of_four.incident("week 1", "cleo", "pooling", "batch", "the worker was killed twice")
    rows = sheet(class_of_four, "week 1", zero=True)
    text, notes = to_canvas(rows, {"conv": "Conv (4711)", "pooling": "Pooling, max (4712)"})
    found = canvas_import(text)
    assert found["sis S2"] == {"4711": "9.5", "4712": "0"}
    assert "14" not in found, "what the grader failed on is no 0"
    assert [n.partition(":")[0] for n in notes] == [
        "left out, as they have only some of the marks",
        "no mark and no 0, as something was handed in that is not graded",
    ]
    assert canvas_import(to_canvas(rows, {"conv": "Conv (4711)"})[0])["14"] == {"4711": "0"}


def test_whoever_handed_in_something_that_was_not_graded_gets_no_0(class_of_four):
    names = [Downloaded("cleo", "Cleo_7_assignsubmission_file_", "7"), Downloaded("ben", "ben")]
    class_of_four.downloaded("week 1", names)
    rows = {row.key: row for row in sheet(class_of_four, "week 1", zero=True).rows}
    assert rows["cleo"].points("total") is None
    assert rows["cleo"].ids["participant"] == "7"
    assert rows["ben"].points("pooling") == 0, "something of theirs was graded"
    class_of_four.downloaded("week 1", [Downloaded("cleo", "Cleo_8_assignsubmission_file_", "8")])
    class_of_four.merge("cleo", "dan", author="A. Rao")
    assert {row.key: row for row in sheet(class_of_four, "week 1", zero=True).rows}["cleo"].points("pooling") == 0
    class_of_four.undo(author="A. Rao")
    again = {row.key: row.ids for row in sheet(class_of_four, "week 1").rows}
    assert again["cleo"]["participant"] == "8"


def test_who_is_excused_is_so_in_canvas_and_gets_nothing_from_moodle(class_of_four, excuse):
    excuse("ben", "cleo")
    rows = sheet(class_of_four, "week 1", zero=True)
    found = canvas_import(to_canvas(rows, {"conv": "Conv (4711)", "pooling": "Pooling, max (4712)"})[0])
    assert found["sis S2"] == {"4711": "9.5", "4712": "EX"}, "a person gave points for conv all the same"
    assert found["14"] == {"4711": "EX", "4712": "EX"}
    text, notes = to_canvas(rows, {"total": TITLE})
    found = canvas_import(text)
    assert found["14"] == {"4711": "EX"}
    assert "sis S2" not in found, "nobody knows what a total without pooling is of"
    assert "without a total, as they are excused from a part: ben" in notes
    text, notes = to_moodle(rows, {"pooling": "Pooling"}, "email", lambda mark: ["said"])
    assert moodle_import(text).keys() == {"ada@uni.example", "dan@uni.example"}
    assert notes == ["excused, for which Moodle has no mark; it keeps what it has: ben, cleo"]


def test_what_is_not_quite_known_is_told(class_of_four):
    class_of_four.record(graded("dan", exercise="pooling", broken=True, points=1.0))
    class_of_four.plan(replace(class_of_four.planned("week 1"), deadline=DUE, zone="+00:00"))
    _, notes = to_canvas(sheet(class_of_four, "week 1"), {"total": TITLE})
    assert "the total counts nothing for the exercises that these have no mark for: ben" in notes
    assert "the grader's own error spoiled a grading of these, see `grade regrade`: dan" in notes
    assert "nobody knows whether these came in time, and nothing was taken off: dan, ada" in notes


def test_canvas_can_have_the_total_only(class_of_four):
    text, _ = to_canvas(sheet(class_of_four, "week 1"), {"total": TITLE})
    found = canvas_import(text)
    assert (found["possible"], found["12"], found["sis S2"]) == ({"4711": "15"}, {"4711": "11"}, {"4711": "9.5"})


def test_canvas_is_told_nothing_more_than_it_needs(class_of_four):
    text, _ = to_canvas(sheet(class_of_four, "week 1"), {"total": TITLE})
    assert "@" not in text
    assert "explained" not in text
    assert "conv2d" not in text


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({}, "which Canvas assignment"),
        ({"conv": "Homework 1"}, "does not name a Canvas assignment"),
        ({"conv": "(12)"}, "does not name a Canvas assignment"),
        ({"conv": "Final Score (12)"}, "does not name a Canvas assignment"),
        ({"loss": TITLE}, "has total, conv, pooling"),
        ({"conv": TITLE, "pooling": TITLE}, "the same Canvas assignment"),
    ],
)
def test_what_canvas_would_take_for_something_else_is_refused(class_of_four, columns, said):
    with pytest.raises(GradebookError, match=said):
        to_canvas(sheet(class_of_four, "week 1"), columns)


def test_a_name_cannot_pose_as_the_row_of_possible_points(book):
    book.plan(WEEK)
    book.enrol([Person("eve", "Points Possible", ids={"canvas": "66"})])
    book.record(graded("eve", points=1.0))
    text, _ = to_canvas(sheet(book, "week 1"), {"conv": TITLE})
    assert canvas_import(text) == {"possible": {"4711": "10"}, "66": {"4711": "1"}}


def test_students_whom_canvas_can_only_find_by_name_are_told_of(book):
    book.plan(WEEK)
    book.record(graded("ada"))
    _, notes = to_canvas(sheet(book, "week 1"), {"conv": TITLE})
    assert notes == ["Canvas will look for these by name, as they have no id: ada"]


# ---------------------------------------------------------------- Moodle


def moodle(book, columns=None, by="email"):
    text, notes = to_moodle(sheet(book, "week 1"), columns or {}, by, messages(book, "week 1", "+00:00"))
    return moodle_import(text), notes


def test_moodle_gets_marks_and_feedback(class_of_four):
    found, notes = moodle(class_of_four)
    assert [n.partition(":")[0] for n in notes] == [
        "left out, so that Moodle keeps what it has",
        "left out, as they have only some of the marks",
    ]
    assert found.keys() == {"ada@uni.example"}
    points, feedback = found["ada@uni.example"]["week 1: conv"]
    assert points == 6
    assert html.unescape(feedback) == ("Values <of> the window. (0/4) Kernel flipped: Networks use cross-correlation.")
    assert "<" not in feedback
    assert found["ada@uni.example"]["week 1: pooling"] == (5, "No points were lost.")
    found, _ = moodle(class_of_four, {"conv": "Conv"})
    assert found.keys() == {"ada@uni.example", "ben@uni.example", "dan@uni.example"}
    assert found["ben@uni.example"]["Conv"][0] == 9.5
    assert found["ben@uni.example"]["Conv"][1].startswith("Set by A. Rao: explained &lt;it&gt;")


def test_a_bonus_that_was_not_run_is_not_among_what_was_lost(book):
    book.plan(WEEK)
    bonus = CheckResult("speed", "Bonus: fast.", Verdict.NOT_RUN, 0.0, 0.0, kind="timing", max_bonus=2.0)
    sound = graded("ada@uni.example")
    book.record(replace(sound, result=replace(sound.result, checks=[*sound.result.checks, bonus])))
    found, _ = moodle(book)
    assert found["ada@uni.example"]["week 1: conv"][1].startswith("Values ")
    assert "Bonus" not in found["ada@uni.example"]["week 1: conv"][1]


def test_moodle_gets_no_name_where_students_are_told_verdicts_alone(class_of_four):
    class_of_four.plan(replace(class_of_four.planned("week 1"), feedback=Feedback.VERDICT))
    found, _ = moodle(class_of_four)
    assert html.unescape(found["ada@uni.example"]["week 1: conv"][1]) == "Values <of> the window. (0/4)"


def test_moodle_can_have_the_total_with_all_feedback(class_of_four):
    found, _ = moodle(class_of_four, {"total": "Homework"})
    points, feedback = found["ada@uni.example"]["Homework"]
    assert points == 11
    assert feedback.startswith("conv: Values")


def test_moodle_students_without_the_identifier_are_left_out_and_told_of(class_of_four):
    found, notes = moodle(class_of_four, by="login")
    assert found.keys() == {"aek"}
    assert notes[0] == "left out, as they have no id: dan, ben, cleo"
    with pytest.raises(GradebookError, match="no student has 'ID number'"):
        moodle(class_of_four, by="moodle")


def test_a_key_that_is_an_address_will_do_for_moodle(book):
    book.plan(WEEK)
    book.record(graded("ada@uni.example"))
    found, _ = moodle(book)
    assert found.keys() == {"ada@uni.example"}


def test_more_points_than_moodle_usually_takes_are_told_of(book):
    book.plan(replace(WEEK, points={"conv": Decimal(120)}))
    book.record(graded("ada@uni.example"))
    _, notes = moodle(book)
    assert "more than 100 points (conv)" in notes[0]


def test_lateness_is_part_of_the_feedback(book):
    book.plan(replace(WEEK, deadline=DUE, zone="+00:00", late=LateRule(percent_per_day=Decimal(10))))
    book.record(graded("ada@uni.example", submitted_at=DUE + timedelta(hours=30)))
    found, _ = moodle(book)
    points, feedback = found["ada@uni.example"]["week 1: conv"]
    assert points == 4
    assert feedback.startswith(
        "Handed in 2027-03-02 18:00+00:00 (says Moodle).\nDue 2027-03-01 12:00+00:00.\n2 days late: 2 points off.\n"
    )
