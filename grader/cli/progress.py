"""`grade progress`: where a learner stands."""

from __future__ import annotations

import click

from ..startup import loaded


@click.command("progress")
def command() -> int:
    """Show what you reached: best points and trend of each exercise, in the chapter's order; mistakes that came back.

    Every `grade submit` is remembered, on this machine only (`--no-history` leaves one out). GRADE_HOME names
    another folder for it; deleting the file forgets all.
    """
    from .work.progress import show_progress

    loaded()
    return show_progress()
