"""`grade students list`: everybody."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("list")
@options.gradebook
def command(where: str) -> int:
    """Show everybody: names, ids in other systems, sections, how many gradings, who has withdrawn."""
    from .work.students import list_students

    loaded()
    return list_students(where)
