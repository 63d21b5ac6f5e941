"""`grade comment`: a person's words beside a line of a student's file."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("comment")
@click.argument("student")
@click.argument("place", required=False, metavar="[EXERCISE[:FILE][:LINE]]")
@click.argument("text", required=False)
@options.gradebook
@options.assignment()
@click.option("--pick", type=click.IntRange(1), metavar="N", help="The N-th of the earlier comments on the same cause.")
@click.option("--remove", type=click.IntRange(1), metavar="N", help="Take comment N of the student away.")
@options.author
def command(where: str, **choices: Any) -> int:
    """Write TEXT beside a line of what counts of a student: it is on their page, and stays through regrades.

    Without TEXT it shows the line, and what was said before of the same cause; on a terminal you choose by number.

    \b
    grade comment S4711 conv:12 "This loop runs over rows twice."
    grade comment S4711 conv:12 --pick 1          what was said before
    grade comment S4711 conv "Well structured."   about the whole file
    grade comment S4711                           all of the student's
    grade comment S4711 --remove 3
    """
    from .work.comment import CommentOptions, comment

    loaded()
    return comment(where, CommentOptions(**choices))
