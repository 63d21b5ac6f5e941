"""`grade gradebook`: the marks in the terminal; and how commands open a gradebook."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from . import FULL, OURS, USAGE

if TYPE_CHECKING:
    from rich.table import Table

    from ..gradebook import Gradebook, Mark
    from ..gradebook.sheet import MarkSheet

MISSING = "the gradebook needs more libraries: pip install 'cnn-grader[class]'"


def with_gradebook(where: str, work: Callable[[Gradebook], int], *, create: bool = False) -> int:
    """Open, work, close; what the gradebook refuses is said in one message. Returns the exit code."""
    try:
        from ..gradebook import Gradebook, GradebookError
    except ImportError as error:
        return refused(f"{MISSING} ({error.name} is missing)")
    try:
        with Gradebook.open(where, create=create) as book:
            if book.backup is not None:
                click.echo(f"an older gradebook was brought up to date; it is kept as {book.backup}", err=True)
            return work(book)
    except GradebookError as error:
        return refused(str(error), OURS if error.ours else USAGE)


def refused(message: str, code: int = USAGE) -> int:
    """Say why; the exit code."""
    click.echo(f"grade: {message}", err=True)
    return code


def show_marks(where: str, assignment: str | None, anonymous: bool) -> int:
    """A table of the marks; returns the exit code."""

    def show(book: Gradebook) -> int:
        from rich.console import Console

        from ..gradebook.sheet import sheet

        marks = sheet(book, book.the_assignment(assignment))
        Console().print(
            _table(marks, anonymous), _summary([m for row in marks.rows for m in row.marks.values()]), sep="\n"
        )
        return FULL

    return with_gradebook(where, show)


def _table(marks: MarkSheet, anonymous: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    from ..gradebook.records import plain

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
    from ..gradebook.records import plain

    if mark.points is None:
        return "–"
    late = f" ({mark.days_late} d late)" if mark.days_late and not mark.overridden else ""
    return f"{plain(mark.points)}{'*' if mark.overridden else ''}{'?' if mark.internal_error else ''}{late}"


def _summary(marks: list[Mark]) -> str:
    counted = [m for m in marks if m.points is not None]
    by_hand = sum(m.overridden for m in marks)
    possible = sum((m.possible for m in counted), Decimal(0))
    won = sum((m.points or Decimal(0) for m in counted), Decimal(0))
    return (
        f"{len({m.student for m in marks})} students, {len(counted)} of {len(marks)} marks"
        + (f", {by_hand} by a person (*)" if by_hand else "")
        + (f"; mean {won / possible:.0%} of the points" if possible else "")
    )
