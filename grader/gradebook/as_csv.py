"""`grade export csv`: all that is known about the marks, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo

from ..moments import find_zone, in_zone
from .marks import Mark
from .records import plain
from .sheet import TOTAL, MarkSheet, StudentMarks, guarded, written

PARTS = ("", "computed", "submitted", "due", "days late", "free days", "attempts")


def to_csv(sheet: MarkSheet, *, anonymous: bool = False) -> str:
    """For each exercise: the points that count and the computed ones, when it came and was due, days late and how many
    of them were free, attempts; then who is excused, and the total. What is not known is empty."""
    who = ["student"] if anonymous else ["student", "name", "section"]
    what = [f"{e} {part}".strip() for e in sheet.possible for part in PARTS]
    rows = [[*who, *map(guarded, what), "excused", TOTAL]]
    rows += [
        _row(f"{n}" if anonymous else "", row, sheet)
        for n, row in enumerate(sheet.unnamed() if anonymous else sheet.rows, 1)
    ]
    return written(rows)


def _row(number: str, row: StudentMarks, sheet: MarkSheet) -> list[str]:
    who = [number] if number else [guarded(row.key), guarded(row.name), guarded(row.section)]
    excused = "yes" if any(mark.excused for mark in row.marks.values()) else ""
    cells = [cell for mark in row.marks.values() for cell in _cells(mark, find_zone(sheet.zone))]
    return [*who, *cells, excused, plain(row.points(TOTAL))]


def _cells(mark: Mark, zone: tzinfo | None) -> Iterator[str]:
    """In the order of PARTS."""
    late = mark.late
    yield plain(mark.points)
    yield plain(mark.computed)
    yield _written(late.at, zone)
    yield _written(late.due.at, zone)
    yield "" if late.days is None else str(late.days)
    yield str(late.free) if late.days else ""
    yield str(mark.attempts)


def _written(moment: datetime | None, zone: tzinfo | None) -> str:
    return in_zone(moment, zone).isoformat(sep=" ", timespec="seconds") if moment else ""
