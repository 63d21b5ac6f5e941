"""`grade override`."""

from __future__ import annotations

from dataclasses import dataclass

import click

from ...clean import clean
from ...errors import FULL, GraderError
from .book import opened
from .numbers import MOST, number


@dataclass(frozen=True)
class OverrideOptions:
    """Whose points, for what, how many (`none` takes a decision back), why, and who decides."""

    student: str
    exercise: str
    points: str
    assignment: str | None
    reason: str
    author: str
    above: bool


def override_points(where: str, options: OverrideOptions) -> int:
    """Record a person's decision; returns the exit code."""
    try:
        points = None if options.points == "none" else number(options.points)
    except ValueError as error:
        raise GraderError(f"POINTS '{clean(options.points, 40)}': write a number from 0 to {MOST}, or none") from error
    reason, author = options.reason.strip(), options.author.strip()
    if not reason or not author:
        raise GraderError("--reason and --by may not be empty: they explain the decision later")
    with opened(where) as book:
        from ...gradebook.records import plain

        name = book.the_assignment(options.assignment)
        book.override(
            name, options.student, options.exercise, points, reason=reason, author=author, above=options.above
        )
        key = book.find_student(options.student)
        mark = next(m for m in book.marks(name) if (m.student, m.exercise) == (key, options.exercise))
        computed = "nothing" if mark.computed is None else plain(mark.computed)
        now = "nothing" if mark.points is None else plain(mark.points)
        click.echo(f"{key}, {options.exercise}: {now} of {plain(mark.possible)} points (the grader's: {computed})")
    return FULL
