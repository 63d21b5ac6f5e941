"""`grade gradebook`: the marks in the terminal."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("gradebook")
@options.gradebook
@options.assignment()
@options.anonymous("Numbers instead of names.")
def command(where: str, assignment: str | None, anonymous: bool) -> int:
    """Show the marks that count: every student, every exercise.

    `*` marks points that a person gave, `?` a grading that the grader's own error spoiled.
    """
    from .work.gradebook import show_marks

    loaded()
    return show_marks(where, assignment, anonymous)
