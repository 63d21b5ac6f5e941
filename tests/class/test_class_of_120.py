"""A smaller one of the benchmark's classes: its marks by the printed rules, its oddities, its exports, its kills."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.class_of_120 import WHY, Story, compare, write
from benchmarks.downloads_of_120 import EXCUSED, LATE, MARKED, MISSING, WEEKS, WITHDRAWN, TestClass, top_of
from benchmarks.nameless_of_120 import BEFORE, BLIND
from tests.gradebook.platforms import Enrolled, canvas_after, canvas_export, moodle_export, moodle_import

pytestmark = pytest.mark.slow
COUNT = 24


def every_mark_is_that_of_the_printed_rules_and_nothing_unknown_is_0(story: Story, made: TestClass) -> None:
    assert compare(story) == []
    marks = story.marks()
    assert {marks["week 2", made.key(n), "shapes"] for n in (MISSING, EXCUSED)} == {("", "")}
    assert marks["week 2", made.key(MARKED), "shapes"][1] == "", "late, and nobody says by how much"
    assert not any(key == made.key(WITHDRAWN) for _, key, _ in marks)


def each_oddity_is_named_once(story: Story, made: TestClass) -> None:
    assert made.odd.keys() == WEEKS.keys()
    for week, odd in made.odd.items():
        named = sum((story.problems(b.download) for b in made.batches if b.week == week), Counter())
        assert {one: named[one] for one in odd} == dict.fromkeys(odd, 1)


def what_cannot_be_meant_is_refused(story: Story, made: TestClass) -> None:
    asked = story.refused("assignment", "week 4", "--deadline", "2027-03-28T02:30")
    assert "does not exist" in asked
    asked = story.refused("override", made.key(0), "padding", "10.5", "--assignment", "week 1", *WHY)
    assert "--above" in asked
    history = story.grade("history", "--assignment", "week 1").stdout
    assert "deadline" in history
    assert "Rao" in history


# ---------------------------------------------------------------- exports, applied to what the platform has


def an_export_to_canvas_and_back_lowers_and_erases_nothing(story: Story, made: TestClass) -> None:
    graded = {key: points for (week, key, _), (points, _) in story.marks().items() if week == "week 2" and points}
    before = [Enrolled(500 + n, made.name(n), made.key(n), "", {"Shapes (1)": "1"}) for n in range(COUNT)]
    theirs = story.folder / "canvas.csv"
    theirs.write_text(canvas_export(before, {"Shapes (1)": "24"}))
    column = ["--column", "shapes=Shapes (1)", "--against", str(theirs), "-o", str(story.folder / "filled.csv")]
    story.grade("export", "canvas", "--assignment", "week 2", *column)
    after = canvas_after(before, (story.folder / "filled.csv").read_text())
    now = {made.key(n): after[str(500 + n)]["1"] for n in range(COUNT)}
    rest = {made.key(n): "1" for n in range(COUNT)}
    assert now == {**rest, **graded, made.key(EXCUSED): "EX"}


def an_export_to_moodle_and_back_lowers_and_erases_nothing(story: Story, made: TestClass) -> None:
    marks = {(key, e): points for (week, key, e), (points, _) in story.marks().items() if week == "week 1"}
    titles = {e: f"Assignment: {e}" for e in WEEKS["week 1"]}
    before = [
        Enrolled(n, made.name(n), made.key(n), f"S{n}", dict.fromkeys(titles.values(), "0.50")) for n in range(COUNT)
    ]
    theirs, filled = story.folder / "moodle.csv", story.folder / "filled-moodle.csv"
    theirs.write_text(moodle_export(before, list(titles.values())))
    columns = [part for e, title in titles.items() for part in ("--column", f"{e}={title}")]
    story.grade("export", "moodle", "--assignment", "week 1", *columns, "--against", str(theirs), "-o", str(filled))
    after = moodle_import(filled.read_text())
    now = {
        (made.key(n), e): after[made.key(n)][f"{title} (Real)"][0] if made.key(n) in after else 0.5
        for n in range(COUNT) for e, title in titles.items()
    }  # fmt: skip
    assert now == {place: float(marks.get(place) or 0.5) for place in now}
    assert "Rao about my_padding.py, line 1: Look at the &lt;edges&gt;." in after[made.key(LATE)][
        f"{titles['padding']} (Real)"
    ][1]


def a_blind_worksheet_goes_back_to_whom_nobody_knows(story: Story, made: TestClass) -> None:
    came, went = (
        {row["Identifier"]: row for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))}
        for path in (made.folder / "worksheet4-2.csv", story.folder / "filled-worksheet4-2.csv")
    )
    graded = {f"Participant {700 + n}" for n in BLIND if n != MISSING}
    assert list(went) == list(came)
    assert {who for who in went if went[who]["Grade"] != f"{BEFORE}.00"} == graded
    others = [title for title in came["Participant 700"] if title not in ("Grade", "Feedback comments")]
    assert [[went[who][t] for t in others] for who in came] == [[came[who][t] for t in others] for who in came]
    assert {who for who in went if went[who]["Feedback comments"]} == graded


def feedback_has_the_folders_that_came(story: Story, made: TestClass) -> None:
    story.grade("export", "feedback", "--assignment", "week 1", "-o", "feedback.zip")
    with zipfile.ZipFile(story.folder / "feedback.zip") as archive:
        names = Counter(archive.namelist())
    graded = {f.number for f in made.files if f.week == "week 1" and f.number != WITHDRAWN}
    assert {f"{top_of(made, n)}/feedback.html" for n in graded} <= set(names)
    assert set(names.values()) == {1}


def test_a_term_whose_batches_are_killed(tmp_path: Path) -> None:
    """One test, as the class is graded but once for all that is looked at."""
    made = write(tmp_path / "downloads", COUNT)
    story = Story(made, tmp_path / "term", kills=2)
    story.tell()
    assert story.killed >= 1
    every_mark_is_that_of_the_printed_rules_and_nothing_unknown_is_0(story, made)
    each_oddity_is_named_once(story, made)
    what_cannot_be_meant_is_refused(story, made)
    an_export_to_canvas_and_back_lowers_and_erases_nothing(story, made)
    an_export_to_moodle_and_back_lowers_and_erases_nothing(story, made)
    a_blind_worksheet_goes_back_to_whom_nobody_knows(story, made)
    feedback_has_the_folders_that_came(story, made)
