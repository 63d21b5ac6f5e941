"""`grade students merge`: one person, entered twice."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("merge")
@click.argument("student")
@click.argument("other")
@options.gradebook
@options.author
def command(student: str, other: str, where: str, author: str | None) -> int:
    """Let STUDENT stand for OTHER, too: gradings, points by hand and their history come along, and what OTHER hands in
    from now on is STUDENT's.

    Where both have handed in the same exercise, the assignment's own rule (best or last) says what counts.
    """
    from .work.students import merge_students

    loaded()
    return merge_students(where, student, other, author)
