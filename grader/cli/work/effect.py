"""What a decision does to marks that are there, and what about them is not known: said by the commands that decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...gradebook.words import marks_change, times_not_known

if TYPE_CHECKING:
    from ...gradebook import Gradebook


Points = dict[tuple[str, str, str], Decimal | None]


@contextmanager
def effect(book: Gradebook) -> Iterator[None]:
    """Say how many marks, of all assignments, are others afterwards: some may have been exported already."""
    before = points(book, book.assignments())
    yield
    click.echo(marks_change(changed(before, points(book, book.assignments()))))


def points(book: Gradebook, assignments: Iterable[str]) -> Points:
    """(Assignment, student, exercise) → the points that count."""
    return {(name, m.student, m.exercise): m.points for name in assignments for m in book.marks(name)}


def changed(before: Points, after: Points) -> int:
    """How many of the marks that there were are others now."""
    return sum(after.get(place) != old for place, old in before.items())


def unknown_times(book: Gradebook, assignment: str) -> None:
    """Say of how many marks nobody knows whether the work came in time."""
    if text := times_not_known(book.marks(assignment)):
        click.secho(text, fg="yellow")
