"""`grade history`: what happened to a student's marks."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("history")
@click.argument("student", required=False)
@options.gradebook
@options.assignment()
def command(student: str | None, where: str, assignment: str | None) -> int:
    """Show what was graded and decided for a student; without STUDENT, what was changed for the assignment."""
    from .work.history import show_history

    loaded()
    return show_history(student, where, assignment)
