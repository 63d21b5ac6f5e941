"""`grade history`."""

from __future__ import annotations

import click

from ...clean import clean
from ...errors import FULL
from .book import opened


def show_history(student: str | None, where: str, assignment: str | None) -> int:
    """Print what happened to the assignment, and to a student's marks in it, oldest first; returns the exit code."""
    with opened(where) as book:
        for event in book.history(book.the_assignment(assignment), student):
            click.echo(clean(event))
    return FULL
