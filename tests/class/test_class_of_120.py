"""A smaller one of the benchmark's classes: its marks by the printed rules, its oddities, its exports, its kills."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.class_of_120 import Story, compare
from benchmarks.downloads_of_120 import EXCUSED, GHOST, MARKED, MISSING, WITHDRAWN, TestClass, make
from tests.batch.makers import snapshot
from tests.gradebook.platforms import Enrolled, canvas_after, canvas_export

pytestmark = pytest.mark.slow
COUNT = 24
DOWNLOADS = {"week 1": ["week1.zip"], "week 2": ["week2.zip"], "week 3": ["week3.zip", "week3-github"]}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> TestClass:
    return make(tmp_path_factory.mktemp("downloads"), COUNT)


@pytest.fixture(scope="module")
def peace(made: TestClass, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """The term without any interruption."""
    story = Story(made, tmp_path_factory.mktemp("peace"))
    story.tell()
    return story


def every_mark_is_that_of_the_printed_rules_and_nothing_unknown_is_0(peace: Story, made: TestClass) -> None:
    assert compare(peace) == []
    marks = peace.marks()
    assert {marks["week 2", made.key(n), "shapes"] for n in (MISSING, EXCUSED)} == {""}
    assert not any(key == made.key(WITHDRAWN) for _, key, _ in marks)


def days_late_are_known_where_a_time_is_and_empty_elsewhere(peace: Story, made: TestClass) -> None:
    rows = {row["student"]: row for row in peace.rows("week 2")}
    assert {row["shapes days late"] for row in rows.values()} == {""}, "Canvas says no times"
    assert rows[made.key(MARKED)]["shapes"] != ""
    assert {row["padding days late"] for row in peace.rows("week 1")} >= {"0", "2"}


def each_oddity_is_named_once(peace: Story, made: TestClass) -> None:
    for week, downloads in DOWNLOADS.items():
        named = sum((peace.problems(d) for d in downloads), Counter())
        assert {odd: named[odd] for odd in made.odd[week]} == dict.fromkeys(made.odd[week], 1)


def an_export_to_canvas_and_back_lowers_and_erases_nothing(peace: Story, made: TestClass) -> None:
    graded = peace.marks()
    known = {n for n in range(COUNT) if graded.get(("week 2", made.key(n), "shapes"))}
    before = [Enrolled(500 + n, made.name(n), f"s{n}@uni.example", "", {"Shapes (1)": "1"}) for n in range(COUNT)]
    theirs = peace.folder / "canvas.csv"
    theirs.write_text(canvas_export(before, {"Shapes (1)": "24"}))
    column = ["--column", "shapes=Shapes (1)", "--against", str(theirs), "-o", str(peace.folder / "filled.csv")]
    peace.grade("export", "canvas", "--assignment", "week 2", *column)
    after = canvas_after(before, (peace.folder / "filled.csv").read_text())
    now = {n: after[str(500 + n)]["1"] for n in range(COUNT)}
    points = {n: graded["week 2", made.key(n), "shapes"] for n in known}
    assert {n: now[n] for n in known} == points
    assert now[EXCUSED] == "EX"
    assert now[MISSING] == now[WITHDRAWN] == "1"


def test_a_term_told_in_peace_and_with_kills(peace: Story, made: TestClass, tmp_path: Path) -> None:
    """One test, as the class is graded but once for all that is looked at."""
    every_mark_is_that_of_the_printed_rules_and_nothing_unknown_is_0(peace, made)
    days_late_are_known_where_a_time_is_and_empty_elsewhere(peace, made)
    each_oddity_is_named_once(peace, made)
    an_export_to_canvas_and_back_lowers_and_erases_nothing(peace, made)
    war = Story(made, tmp_path, random.Random(1), 1)
    war.tell()
    assert war.killed >= 1
    assert war.marks() == peace.marks()
    assert content_of(war, made) == content_of(peace, made)


def content_of(story: Story, made: TestClass) -> Counter[tuple[str, ...]]:
    """All that the gradebook holds; whose merged work was graded under which of two names hangs on when that was."""
    ghost = {"zz@else.example", "Zz Unknown"}
    rows = snapshot(story.folder / "gradebook.sqlite")
    told = (row for row in rows if row[0] != "student")
    return Counter(tuple(made.key(GHOST) if cell in ghost else cell for cell in row) for row in told)

