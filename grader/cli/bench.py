"""`grade bench`: a student's own look at speed."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("bench")
@click.argument("file", metavar="FILE")
@options.exercise(options.FOUND)
@click.option("--device", type=click.Choice(["cpu", "cuda"]), help="Only what is timed there; both, if not given.")
def command(file: str, exercise: str | None, device: str | None) -> int:
    """Show how fast FILE is, beside other ways to do the same. No marks.

    Exit code 0: measured. 2: nothing to measure. 3: the grader itself failed.
    """
    from .work.bench import show_speed

    loaded()
    return show_speed(file, exercise, device)
