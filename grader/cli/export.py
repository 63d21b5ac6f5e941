"""`grade export`: the marks as a file for a spreadsheet or an LMS."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(["csv", "xlsx", "canvas", "moodle", "feedback"]))
@options.gradebook
@options.assignment()
@options.output("Write to this file.")
@click.option(
    "--column", "columns", multiple=True, metavar="EXERCISE=TITLE", help="A column of the LMS; EXERCISE may be `total`."
)
@click.option("--by", type=click.Choice(["email", "moodle", "login"]), default="email", help="Moodle: the identifier.")
@click.option(
    "--missing",
    type=click.Choice(["skip", "0"]),
    default="skip",
    show_default=True,
    help="Who has no mark: nothing that would erase one, or 0 points.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="What the platform itself exports: shows what would change, writes only that, and erases nothing.",
)
@click.option("--replace-feedback", is_flag=True, help="Moodle, --against: also where there is feedback already.")
@click.option(
    "--decimal",
    type=click.Choice(["point", "comma"]),
    default="point",
    show_default=True,
    help="csv: how numbers are written; with commas, semicolons separate the cells.",
)
@options.anonymous("csv, xlsx: numbers instead of names, in no order that gives them away.")
def command(where: str, **choices: Any) -> int:
    """Write the marks that count for a spreadsheet, or as Canvas or Moodle import
    them; or each student's feedback.

    \b
    grade export csv --decimal comma -o marks.csv
    grade export canvas --column 'total=Homework 1 (4711)' -o canvas.csv
    grade export moodle --against worksheet.csv -o filled.csv
    grade export feedback -o feedback.zip

    A Canvas column's title is the header in Canvas's own export. In Moodle, import by the first column. Sources never
    leave the gradebook; names and ids only as far as the format needs them.
    """
    from .work.export import ExportOptions, export_marks

    loaded()
    return export_marks(where, ExportOptions(**choices))
