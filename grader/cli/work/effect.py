"""What a decision does to marks that are there, and what about them is not known: said by the commands that decide."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...gradebook.words import counted

if TYPE_CHECKING:
    from ...gradebook import Gradebook, Mark

NO_CHANGE = "no mark changes"
NO_TIMES = "`grade batch … --times FILE` reads when work was handed in"


Points = dict[tuple[str, str, str], Decimal | None]


@contextmanager
def effect(book: Gradebook) -> Iterator[None]:
    """Say how many marks, of all assignments, are others afterwards: some may have been exported already."""
    before = points(book, book.assignments())
    yield
    click.echo(changed_marks(before, points(book, book.assignments())))


def points(book: Gradebook, assignments: Iterable[str]) -> Points:
    """(Assignment, student, exercise) → the points that count."""
    return {(name, m.student, m.exercise): m.points for name in assignments for m in book.marks(name)}


def changed_marks(before: Points, after: Points) -> str:
    """`3 marks change`, of those that were there before."""
    count = sum(after.get(place) != old for place, old in before.items())
    return f"{counted(count, 'mark')} change{'s' * (count == 1)}" if count else NO_CHANGE


def unknown_times(book: Gradebook, assignment: str) -> None:
    """Say of how many marks nobody knows whether the work came in time."""
    if text := unknown_line(book.marks(assignment)):
        click.secho(text, fg="yellow")


def unknown_line(marks: list[Mark]) -> str:
    """Nothing, where all is known or there is no deadline."""
    unknown = [m for m in marks if m.unknown]
    if not unknown:
        return ""
    late = sum(m.late.marked for m in unknown)
    marked = f" ({late} of them late, says the platform)" if late else ""
    there = sum(m.grading is not None for m in marks)
    return f"time of handing in not known for {len(unknown)} of {there}{marked}: nothing is taken off. {NO_TIMES}"


def me() -> str:
    """Who is at the keyboard, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"
