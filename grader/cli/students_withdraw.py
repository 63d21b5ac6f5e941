"""`grade students withdraw`: somebody has left."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("withdraw")
@click.argument("student")
@options.gradebook
@options.author
def command(student: str, where: str, author: str | None) -> int:
    """Take a student off all lists of marks, exports and class reports. Gradings and history are kept."""
    from .work.students import withdraw_student

    loaded()
    return withdraw_student(where, student, author)
