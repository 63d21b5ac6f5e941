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
@options.jobs
@options.isolation()
@options.no_explain
def command(where: str, **choices: Any) -> int:
    """Grade the sources in the gradebook again, after an exercise or the grader has changed.

    The new gradings count; the old ones are kept. --no-timing stays in force where it was used. Shows whose
    points changed.
    """
    from .work.regrade import RegradeOptions, regrade_sources

    loaded()
    return regrade_sources(where, RegradeOptions(**choices))
