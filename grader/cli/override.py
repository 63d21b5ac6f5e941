"""`grade override` and `grade history`."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from ..clean import clean
from . import FULL
from .gradebook import refused, with_gradebook

if TYPE_CHECKING:
    from ..gradebook import Gradebook

MOST = 10_000


def override_points(
    student: str, exercise: str, text: str, where: str, assignment: str | None, reason: str, author: str
) -> int:
    """Record a person's decision; returns the exit code."""
    try:
        points = None if text == "none" else number(text)
    except ValueError:
        return refused(f"POINTS '{clean(text, 40)}': a number from 0 to {MOST}, or none")
    if not reason.strip() or not author.strip():
        return refused("--reason and --by may not be empty: they are what makes the decision understood later")

    def work(book: Gradebook) -> int:
        from ..gradebook.records import plain

        name = book.the_assignment(assignment)
        book.override(name, student, exercise, points, reason=reason.strip(), author=author.strip())
        key = book.find_student(student)
        mark = next(m for m in book.marks(name) if (m.student, m.exercise) == (key, exercise))
        computed = "nothing" if mark.computed is None else plain(mark.computed)
        now = "nothing" if mark.points is None else plain(mark.points)
        click.echo(f"{key}, {exercise}: {now} of {plain(mark.possible)} points (the grader's: {computed})")
        return FULL

    return with_gradebook(where, work)


def number(text: str) -> Decimal:
    """A plain decimal number that makes sense as points. Raises ValueError."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or not 0 <= value <= MOST:
        raise ValueError(text)
    return value


def show_history(student: str, where: str, assignment: str | None) -> int:
    """Every grading and every decision, oldest first; returns the exit code."""

    def work(book: Gradebook) -> int:
        for event in book.history(book.the_assignment(assignment), student):
            click.echo(clean(event))
        return FULL

    return with_gradebook(where, work)
