"""`grade report`: how a class did."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("report")
@options.gradebook
@options.assignment()
@options.output("Write pages, or one file.", metavar="DIR|FILE", folders=True)
@options.format_(["text", "html", "json"], "[default: html with -o, else text]", default=None)
@click.option("--names", is_flag=True, help="Name the authors of the examples of misconceptions.")
@options.anonymous("No names at all: a page to show to the class.")
@click.option(
    "--similarity",
    metavar="PERCENT",
    type=click.FloatRange(1, 100),
    is_flag=False,
    flag_value=80,
    help="Pairs of files that share that much of their own code (80 if you give no number).",
)
@click.option("--beside", metavar="NAME", help="Another assignment's numbers beside these: last year's, say.")
@click.option("--beside-gradebook", metavar="PATH|URL", help="Where that is, if not in this gradebook.")
def command(where: str, form: str | None, output: str | None, **choices: Any) -> int:
    """Show how a class did: marks, checks, misconceptions, problems, students.

    \b
    grade report                                 in the terminal
    grade report -o report/                      report/index.html and a page for each student
    grade report -o class.html --anonymous       one page without names
    grade report -o report/ --similarity 70      also code that is alike: a reason to look, never a verdict
    grade report -o report/ --beside "week 1" --beside-gradebook 2026.sqlite
    grade report --format json -o class.json
    """
    from .work.report import ReportOptions, report_class

    loaded()
    return report_class(where, ReportOptions.of(form, output, **choices))
