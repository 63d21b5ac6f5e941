"""`grade gradebook`: the marks in the terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ...errors import FULL
from .book import opened
from .effect import unknown_times
from .output import show_tables

if TYPE_CHECKING:
    from rich.table import Table

    from ...gradebook import Mark
    from ...gradebook.sheet import MarkSheet


def show_marks(where: str, assignment: str | None, anonymous: bool) -> int:
    """Print a table of the marks; returns the exit code."""
    with opened(where) as book:
        from ...gradebook.sheet import sheet

        marks = sheet(book, book.the_assignment(assignment))
        each = [m for row in marks.rows for m in row.marks.values()]
        show_tables(_table(marks, anonymous), _summary(each))
        unknown_times(each)
    return FULL


def _table(marks: MarkSheet, anonymous: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    from ...gradebook.records import plain

    table = Table(title=Text(marks.assignment), box=None, pad_edge=False, header_style="bold", title_justify="left")
    table.add_column("student", overflow="fold")
    for title in (*marks.possible, "total"):
        table.add_column(title, justify="right")
    for number, row in enumerate(marks.unnamed() if anonymous else marks.rows, 1):
        name = f"student {number}" if anonymous else row.shown
        table.add_row(Text(name), *(_cell(row.marks[e]) for e in marks.possible), plain(row.points("total")) or "–")
    table.add_row("possible", *(plain(marks.worth(e)) for e in (*marks.possible, "total")), style="dim")
    return table


def _cell(mark: Mark) -> str:
    from ...gradebook.records import plain

    if mark.points is None:
        return "excused" if mark.excused else "–"
    late = "" if mark.overridden else _late(mark)
    return f"{plain(mark.points)}{'*' if mark.overridden else ''}{'?' if mark.internal_error else ''}{late}"


def _late(mark: Mark) -> str:
    if mark.late.unknown:
        return " (? d late)" if mark.late.marked else ""
    return f" ({mark.days_late} d late)" if mark.days_late else ""


def _summary(marks: list[Mark]) -> str:
    from ...gradebook.words import counted

    there = [m for m in marks if m.points is not None]
    by_hand, excused = sum(m.overridden for m in marks), sum(m.excused for m in marks)
    possible = sum((m.possible for m in there), Decimal(0))
    won = sum((m.points or Decimal(0) for m in there), Decimal(0))
    return (
        f"{counted(len({m.student for m in marks}), 'student')}, {len(there)} of {len(marks)} marks"
        + (f", {by_hand} by a person (*)" if by_hand else "")
        + (f", {excused} excused" if excused else "")
        + (f"; mean {won / possible:.0%} of the points" if possible else "")
    )
