"""`grade lab`: the sheet of a lab."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("lab")
@click.argument("slug", default="lab")
@click.option("--results", multiple=True, metavar="JSON", help="What `grade submit --format json` wrote (repeatable).")
@click.option("--rubric", metavar="JSON", help="The record that `grade rubric` wrote for the report.")
@options.format_(["text", "json"])
@options.output("Write the sheet to this file.")
def command(slug: str, results: tuple[str, ...], rubric: str | None, form: str, output: str | None) -> int:
    """Put a lab's sheet together: graded code and the points given to the report.

    What is missing is shown as open. Exit code 0: all points. 1: less, or something open. 2: a file does not fit.
    """
    from .work.lab import show_sheet

    loaded()
    return show_sheet(slug, results, rubric, form, output)
