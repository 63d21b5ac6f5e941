"""What a decision does to marks that are there, and what about them is not known: said by the commands that decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from ...gradebook.words import marks_change, times_not_known

if TYPE_CHECKING:
    from ...gradebook import Gradebook, Mark

Points = dict[tuple[str, str, str], Decimal | None]


@contextmanager
def effect(book: Gradebook, assignments: Iterable[str]) -> Iterator[None]:
    """Say how many of these assignments' marks are others afterwards: some may have been exported already."""
    names = list(assignments)
    before = points(book, names)
    yield
    click.echo(marks_change(changed(before, points(book, names))))


def connected(book: Gradebook, assignment: str) -> list[str]:
    """The assignments whose marks hang on this one: itself, and with late days all."""
    names = book.assignments()
    return names if book.late_days() else [name for name in names if name == assignment]


def points(book: Gradebook, assignments: Iterable[str]) -> Points:
    """(Assignment, student, exercise) → the points that count."""
    return {(name, m.student, m.exercise): m.points for name in assignments for m in book.marks(name)}


def changed(before: Points, after: Points) -> int:
    """How many of the marks that there were are others now."""
    return sum(after.get(place) != old for place, old in before.items())


def unknown_times(marks: Iterable[Mark]) -> None:
    """Say of how many of these marks nobody knows whether the work came in time."""
    from ...gradebook.marks import times_known

    times = times_known(marks)
    if times.unknown:
        click.secho(times_not_known(times), fg="yellow")
