"""`grade gradebook`: the marks in the terminal; and how commands open a gradebook."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from . import FULL, USAGE

if TYPE_CHECKING:
    from ..gradebook import Gradebook, Mark

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
        return refused(str(error))


def refused(message: str) -> int:
    """Say why; the exit code."""
    click.echo(f"grade: {message}", err=True)
    return USAGE


def show_marks(where: str, assignment: str | None, anonymous: bool) -> int:
    """A table of the marks; returns the exit code."""

    def show(book: Gradebook) -> int:
        from rich.console import Console

        name = book.the_assignment(assignment)
        marks = book.marks(name)
        if not marks:
            return refused(f"'{name}' has no students yet; `grade batch` adds those whose work it grades")
        Console().print(_table(name, marks, book.names(anonymous=anonymous)), _summary(marks), sep="\n")
        return FULL

    return with_gradebook(where, show)


def _table(name: str, marks: list[Mark], names: dict[str, str]):
    from rich.table import Table
    from rich.text import Text

    from ..gradebook.records import plain

    exercises = list(dict.fromkeys(m.exercise for m in marks))
    table = Table(title=Text(name), box=None, pad_edge=False, header_style="bold", title_justify="left")
    table.add_column("student", overflow="fold")
    for title in (*exercises, "total"):
        table.add_column(title, justify="right")
    of = {(m.student, m.exercise): m for m in marks}
    for student in dict.fromkeys(m.student for m in marks):
        own = [of[student, e] for e in exercises]
        total = sum((m.points for m in own if m.points is not None), Decimal(0))
        table.add_row(Text(names[student]), *(_cell(m) for m in own), plain(total))
    table.add_row("possible", *(plain(of[marks[0].student, e].possible) for e in exercises), "", style="dim")
    return table


def _cell(mark: Mark) -> str:
    from ..gradebook.records import plain

    if mark.points is None:
        return "–"
    late = f" ({mark.days_late} d late)" if mark.days_late and not mark.overridden else ""
    return f"{plain(mark.points)}{'*' if mark.overridden else ''}{'?' if mark.internal_error else ''}{late}"


def _summary(marks: list[Mark]) -> str:
    handed_in = [m for m in marks if m.points is not None]
    students = {m.student for m in marks}
    own = sum(m.overridden for m in marks)
    return (
        f"{len(students)} students, {len(handed_in)} of {len(marks)} marks"
        + (f", {own} of them a person's (*)" if own else "")
        + (f"; mean {_mean(handed_in):.0%} of the points" if handed_in else "")
    )


def _mean(marks: list[Mark]) -> Decimal:
    possible = sum((m.possible for m in marks), Decimal(0))
    return sum((m.points or Decimal(0) for m in marks), Decimal(0)) / possible if possible else Decimal(0)
