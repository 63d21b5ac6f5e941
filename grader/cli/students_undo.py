"""`grade students undo`: the last decision, taken back."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("undo")
@options.gradebook
@options.author
def command(where: str, author: str | None) -> int:
    """Take back the last `merge`, `rename` or `withdraw` that stands. Both stay in the history."""
    from .work.students import undo_change

    loaded()
    return undo_change(where, author)
