"""Whatever a platform has and whatever the gradebook knows: an export erases nothing, and says all that it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook import GradebookError
from grader.gradebook.beside import Beside
from grader.gradebook.canvas import canvas_changes
from grader.gradebook.comparison import Fate, points
from grader.gradebook.moodle_changes import moodle_changes
from grader.gradebook.platform_file import read_platform_file
from grader.gradebook.sheet import with_zeros
from grader.gradebook.worksheet import fill_worksheet
from tests.gradebook.platforms import (
    Enrolled,
    canvas_after,
    canvas_export,
    canvas_import,
    marks_of,
    moodle_export,
    moodle_import,
    sheet_of,
    worksheet,
    worksheet_after,
)

POSSIBLE = {"conv": "10", "pooling": "5"}
COLUMNS = {"conv": "Conv (1)", "pooling": "Pooling (2)", "total": "Week 1 (3)"}
WORTH = {"Conv (1)": "10", "Pooling (2)": "5", "Week 1 (3)": "15"}
NAMES = ["Ada Ek", "Ben Åå", "Cleo Cruz", "Dan 'D' O'Neil", 'Eve "E" Li']
POINTS = st.decimals(0, 5, places=2).map(lambda p: f"{p.normalize():f}")
SAYS = Beside(lambda mark: ["lost <b>"])


def shown(others: list[str]):
    """What a platform may have in a cell: nothing, points as it writes them, or something else."""
    return st.one_of(st.sampled_from(["", *others]), POINTS, st.decimals(0, 15, places=2).map(str))


@st.composite
def classes(draw, others: list[str], titles: list[str]):
    """Who is on the platform with which marks, and what the gradebook has of them and of others."""
    people = [
        Enrolled(n, name, f"s{n}@uni.example", f"S{n}", {t: draw(shown(others)) for t in titles}, {"": draw(WORDS)})
        for n, name in enumerate(NAMES[: draw(st.integers(1, 5))], 101)
    ]
    rows = []
    for n, name in enumerate(NAMES, 101):
        ours = {e: draw(st.one_of(st.none(), POINTS)) for e in POSSIBLE}
        excused = draw(st.sampled_from([(), (), ("conv",), ("conv", "pooling")]))
        ours = {e: None if e in excused else p for e, p in ours.items()}
        ids = {"canvas": str(n), "email": f"s{n}@uni.example", "participant": str(n)}
        if draw(st.booleans()):
            waiting = draw(st.sampled_from([(), ("pooling",)]))
            rows.append(marks_of(f"k{n}", ours, POSSIBLE, name=name, ids=ids, excused=excused, waiting=waiting))
    zero = draw(st.booleans())
    return people, sheet_of(POSSIBLE, *(with_zeros(row) if zero else row for row in rows))


WORDS = st.sampled_from(["", "<p>See me.</p>", "- mind the bias"])


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Reads a text as a platform's file."""
    path = tmp_path_factory.mktemp("platform") / "theirs.csv"

    def read_text(text: str):
        path.write_bytes(text.encode())
        return read_platform_file(path)

    return read_text


def applied(changes, after):
    """What the platform has after the import; what it had where the export was refused."""
    try:
        changes.comparison.refuse_erasing()
    except GradebookError:
        assert changes.comparison.of(Fate.ERASED)
        return None
    return after(changes.text)


def hold(sheet, number: int, marks: Mapping[str, tuple[str, str]]) -> None:
    """Nothing is erased or lowered that was not graded here; `marks`: our column → before and after, as shown."""
    row = next((r for r in sheet.rows if r.ids["participant"] == str(number)), None)
    for column, (before, after) in marks.items():
        old, new = points(before), points(after)
        if old == new and (old is not None or before == after or {before, after} <= {"", "-"}):
            continue
        assert row is not None, "somebody of whom nothing is known here"
        if row.is_excused(column):
            assert after == "EX"
            continue
        assert new == row.points(column)
        assert before in ("", "-") or old is not None, "what is no points is kept"
        assert old is None or new > old or row.is_graded(column)


@given(st.data())
def test_canvas(read, data):
    people, sheet = data.draw(classes(["EX", "N/A"], list(WORTH)))
    changes = canvas_changes(sheet, COLUMNS, read(canvas_export(people, WORTH)))
    assert not [m for row in canvas_import(changes.text).values() for m in row.values() if m in ("", "-")]
    after = applied(changes, lambda text: canvas_after(people, text))
    for person in people if after else ():
        now = after[str(person.number)]
        hold(sheet, person.number, {c: (person.marks[t], now[t[-2]]) for c, t in COLUMNS.items()})
    if after:
        again = [replace(p, marks=dict(zip(WORTH, after[str(p.number)].values(), strict=True))) for p in people]
        assert not canvas_changes(sheet, COLUMNS, read(canvas_export(again, WORTH))).comparison.of(
            Fate.NEW, Fate.CHANGED
        )


@given(st.data())
def test_moodle_s_gradebook(read, data):
    people, sheet = data.draw(classes(["-"], list(WORTH)))
    people = [replace(p, marks={t: m or "-" for t, m in p.marks.items()}) for p in people]
    changes = moodle_changes(sheet, COLUMNS, "email", SAYS, read(moodle_export(people, list(WORTH))))
    after = applied(changes, moodle_import)
    for person in people if after is not None else ():
        now = after.get(person.login, {})
        changed = {c: now.get(f"{t} (Real)") for c, t in COLUMNS.items()}
        shown = {
            c: person.marks[t] if changed[c] is None else f"{Decimal(str(changed[c][0]))}" for c, t in COLUMNS.items()
        }
        hold(sheet, person.number, {c: (person.marks[t], shown[c]) for c, t in COLUMNS.items()})


@given(st.data(), st.booleans())
def test_moodle_s_worksheet(read, data, german):
    people, sheet = data.draw(classes([], [""]))
    text = worksheet(people, "15.00", german=german)
    changes = fill_worksheet(sheet, {}, SAYS, read(text))
    after = applied(changes, lambda filled: worksheet_after(people, filled, german=german))
    for person in people if after else ():
        mark, words = after[person.number]
        hold(sheet, person.number, {"total": (person.marks[""], mark)})
        assert words == person.feedback[""] or person.feedback[""] == ""
