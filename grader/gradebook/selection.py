"""Which students a platform's file can name without an empty cell, and what is to be said of the others.

Canvas and Moodle take an empty cell for "there is no mark", and erase theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from .sheet import TOTAL, MarkSheet, StudentMarks, listed
from .words import counted

HELP = "One --column at a time leaves nobody out, nor does --against where the platform has the others"


@dataclass(frozen=True)
class Completeness:
    """The rows that have a cell for every column, those with some, and those with none."""

    complete: list[StudentMarks]
    partial: list[StudentMarks]
    empty: list[StudentMarks]


def select_rows(sheet: MarkSheet, columns: Collection[str], *, excuses: bool) -> Completeness:
    """Divide the rows. `excuses`: the platform has a cell for who is excused."""
    found: dict[bool | None, list[StudentMarks]] = {True: [], None: [], False: []}
    for row in sheet.rows:
        cells = [row.points(c) is not None or (excuses and row.is_excused(c)) for c in columns]
        found[True if all(cells) else None if any(cells) else False].append(row)
    return Completeness(found[True], found[None], found[False])


def left_out(platform: str, partial: Collection[StudentMarks], empty: Collection[StudentMarks] = ()) -> Iterator[str]:
    """Who is not in a file, and why: they have some of its marks, or none."""
    if empty:
        yield f"left out, so that {platform} keeps what it has: {counted(len(empty), 'student')} without a mark"
    if partial:
        yield f"left out, as they have only some of the marks: {listed(partial)}. {HELP}"


def doubts(sheet: MarkSheet, columns: Collection[str], rows: Collection[StudentMarks]) -> Iterator[str]:
    """What is not quite known of the marks that are written, and of those that are not."""
    exercises = sheet.possible if TOTAL in columns else columns
    missing = [r for r in rows if any(r.marks[e].points is None and e not in r.excused for e in exercises)]
    if TOTAL in columns and missing:
        yield f"the total counts nothing for the exercises that these have no mark for: {listed(missing)}"
    if spoiled := [r for r in rows if any(r.marks[e].internal_error and not r.marks[e].overridden for e in exercises)]:
        yield f"the grader's own error spoiled a grading of these, see `grade regrade`: {listed(spoiled)}"
    if unknown := [r for r in rows if any(r.marks[e].unknown and not r.marks[e].overridden for e in exercises)]:
        yield f"nobody knows whether these came in time, and nothing was taken off: {listed(unknown)}"
    if waiting := [r for r in sheet.rows if any(e in r.waiting and r.marks[e].points is None for e in exercises)]:
        yield f"no mark and no 0, as something was handed in that is not graded: {listed(waiting)}"
    if parted := [r for r in sheet.rows if TOTAL in columns and r.excused and not r.is_excused(TOTAL)]:
        yield f"without a total, as they are excused from a part: {listed(parted)}"
