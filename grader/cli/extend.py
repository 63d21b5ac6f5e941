"""`grade extend`: a later deadline, more time, or an excuse."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("extend")
@click.argument("student", required=False)
@options.gradebook
@options.assignment()
@click.option("--section", metavar="S", help="For a whole section, also for who joins it later.")
@click.option("--all", "everybody", is_flag=True, help="For everybody.")
@click.option("--until", metavar="TIME", help="The new deadline, in the assignment's zone unless it names another.")
@click.option("--extra-time", metavar="PERCENT", help="More of the time from --opens to the deadline, such as 25.")
@click.option("--excused", is_flag=True, help="Nothing is due: it counts neither as 0 nor as missing.")
@click.option("--undo", is_flag=True, help="Take the last decision back.")
@click.option("--reason", required=True, help="Why; the student may read it.")
@click.option("--by", "author", required=True, metavar="NAME", help="Who decides.")
def command(where: str, **choices: Any) -> int:
    """Give a student, a section or all more time for an assignment, or excuse them from it.

    A later decision for the same student, section or all replaces an earlier one; of several that concern a student,
    the most generous counts. It says how many marks change; `grade history` keeps all of them.

    \b
    grade extend S4711 --until 2027-03-05T18:00 --reason ill --by "A. Rao"
    grade extend --section B --until 2027-03-03 --reason "lab closed" --by Rao
    grade extend S4712 --extra-time 25 --reason compensation --by "Exam office"
    grade extend S4713 --excused --reason "credit transfer" --by "Exam office"
    grade extend S4711 --undo --reason "wrong student" --by "A. Rao"
    """
    from .work.extend import ExtendOptions, extend

    loaded()
    return extend(where, ExtendOptions(**choices))
