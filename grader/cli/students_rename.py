"""`grade students rename`: another name."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("rename")
@click.argument("student")
@click.argument("name")
@options.gradebook
@options.author
def command(student: str, name: str, where: str, author: str | None) -> int:
    """Give a student another NAME. No roster changes it again; files under the earlier one are still theirs."""
    from .work.students import rename_student

    loaded()
    return rename_student(where, student, name, author)
