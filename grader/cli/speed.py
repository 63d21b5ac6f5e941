"""`grade bench`: a student's own look at speed. Only click here; the work is imported when the command runs."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--exercise", metavar="SLUG", help="The exercise; found by the names that the file defines otherwise.")
@click.option("--device", type=click.Choice(["cpu", "cuda"]), help="Only what is timed there; both, if not given.")
def bench(file: str, exercise: str | None, device: str | None) -> None:
    """Show how fast FILE is, beside other ways to do the same. No marks.

    Exit code 0: measured. 2: nothing to measure. 3: the grader itself failed.
    """
    from .speed_run import show_speed

    sys.exit(show_speed(file, exercise, device))
