"""`grade assignment`: points, deadline and rules of an assignment."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("assignment")
@click.argument("name")
@options.gradebook
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    metavar="SLUG[=POINTS]",
    help="An exercise of it (repeatable); SLUG=remove takes it out.",
)
@click.option("--opens", metavar="TIME", help="When work on it may begin: extra time is counted from then.")
@click.option(
    "--deadline",
    metavar="TIME",
    help="2027-03-01 (to its end), 2027-03-01T23:59+01:00 or '2027-03-01T23:59 Europe/Berlin'.",
)
@click.option("--zone", metavar="NAME", help="Where times are, such as Europe/Berlin.  [default: this machine's]")
@click.option(
    "--grace", metavar="MINUTES", type=click.IntRange(0), help="Minutes after the deadline that cost nothing."
)
@click.option("--per-day", metavar="PERCENT", help="Percent of the points possible for each day begun.")
@click.option("--late-cap", metavar="PERCENT", help="The most that lateness costs.")
@click.option(
    "--late-days", metavar="N", type=click.IntRange(0), help="Days that each student may be late in the whole course."
)
@click.option("--keep", type=click.Choice(["best", "last"]), help="Which attempt counts.")
@options.feedback(None, "How much students are told of what went wrong.  [default: case]")
@click.option(
    "--feedback-after",
    type=click.Choice(["verdict", "name", "case", "line", "same"]),
    help="Another level once it is due for nobody any more, extensions included.  [default: same]",
)
@options.author
def command(name: str, where: str, **choices: Any) -> int:
    """Make an assignment, or change some of it: points, deadline, late rule, which attempt counts.

    Marks follow at once, and it says how many change; nothing has to be graded again.
    """
    from .work.assignment import AssignmentOptions, change_assignment

    loaded()
    return change_assignment(name, where, AssignmentOptions(**choices))
