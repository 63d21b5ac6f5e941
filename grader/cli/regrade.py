"""`grade regrade`: the sources in the gradebook, graded again."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("regrade")
@options.gradebook
@options.assignment()
@options.exercise("Only this exercise.")
@click.option("--student", metavar="ID", help="Only this student.")
@options.seed("Other inputs; each attempt's last ones otherwise.")
@click.option("--run", metavar="NAME", help="Go on with a regrade that was interrupted.")
@click.option("--dry-run", is_flag=True, help="Write nothing: say how many marks would change, and which go down.")
@click.option("--only-better", is_flag=True, help="Record only gradings that raise the mark.")
@options.jobs
@options.isolation()
@options.no_explain
@options.json_progress
def command(where: str, **choices: Any) -> int:
    """Grade the sources in the gradebook again, after an exercise or the grader has changed.

    The new gradings count; the old ones are kept. --no-timing stays in force where it was used. Shows whose
    points changed.

    \b
    grade regrade --exercise conv --dry-run                    what would change
    grade regrade --exercise conv --only-better                no mark goes down
    """
    from .work.regrade import RegradeOptions, regrade_sources

    loaded()
    return regrade_sources(where, RegradeOptions(**choices))
