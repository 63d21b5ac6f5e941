"""`grade override`: a person decides."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("override")
@click.argument("student")
@click.argument("exercise")
@click.argument("points")
@options.gradebook
@options.assignment()
@click.option("--above", is_flag=True, help="POINTS may be more than the exercise is worth.")
@click.option("--reason", required=True, help="Why; the student may read it.")
@click.option("--by", "author", required=True, metavar="NAME", help="Who decides.")
def command(where: str, **choices: Any) -> int:
    """Give a student POINTS for an exercise, whatever the grader says. POINTS `none` takes that back.

    The computed points and all earlier decisions are kept (`grade history`).
    """
    from .work.override import OverrideOptions, override_points

    loaded()
    return override_points(where, OverrideOptions(**choices))
