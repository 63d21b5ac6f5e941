"""`grade export csv`: all that is known about the marks, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from .delimited import guarded, written
from .records import plain
from .sheet import TOTAL, MarkSheet, StudentMarks


def to_csv(sheet: MarkSheet, *, anonymous: bool = False) -> str:
    """For each exercise: the points that count, the computed ones, days late, attempts; then the total."""
    who = ["student"] if anonymous else ["student", "name", "section"]
    what = [f"{e} {part}".strip() for e in sheet.possible for part in ("", "computed", "days late", "attempts")]
    rows = [[*who, *map(guarded, what), TOTAL]]
    rows += [
        _row(f"{n}" if anonymous else "", row, sheet)
        for n, row in enumerate(sheet.unnamed() if anonymous else sheet.rows, 1)
    ]
    return written(rows)


def _row(number: str, row: StudentMarks, sheet: MarkSheet) -> list[str]:
    who = [number] if number else [guarded(row.key), guarded(row.name), guarded(row.section)]
    return [*who, *(cell for e in sheet.possible for cell in _cells(row, e)), plain(row.points(TOTAL))]


def _cells(row: StudentMarks, exercise: str) -> Iterator[str]:
    mark = row.marks[exercise]
    yield plain(mark.points)
    yield plain(mark.computed)
    yield str(mark.days_late) if mark.attempts else ""
    yield str(mark.attempts)
