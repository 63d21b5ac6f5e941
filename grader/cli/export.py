"""`grade export`: the gradebook's marks as a file for a spreadsheet or an LMS."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import FULL
from .files import write_whole
from .gradebook import refused, with_gradebook

if TYPE_CHECKING:
    from ..gradebook import Gradebook


def export_marks(
    form: str,
    where: str,
    assignment: str | None,
    output: str | None,
    columns: tuple[str, ...],
    by: str,
    anonymous: bool,
) -> int:
    """Write the file; what the instructor should know goes to stderr. Returns the exit code."""
    if anonymous and form != "csv":
        return refused(f"--anonymous: {form} could not tell whose marks they are; `grade export csv` can be anonymous")
    wrong = [c for c in columns if "=" not in c or not all(map(str.strip, c.split("=", 1)))]
    if wrong or (columns and form == "csv"):
        return refused(f"--column {columns[0]}: EXERCISE=TITLE, for canvas and moodle")
    titles = {e.strip(): title.strip() for e, title in (c.split("=", 1) for c in columns)}

    def work(book: Gradebook) -> int:
        text, notes = _text(form, book, book.the_assignment(assignment), titles, by, anonymous)
        _deliver(text, output)
        for note in notes:
            click.echo(f"note: {note}", err=True)
        return FULL

    return with_gradebook(where, work)


def _text(
    form: str, book: Gradebook, name: str, titles: dict[str, str], by: str, anonymous: bool
) -> tuple[str, list[str]]:
    from ..gradebook.sheet import messages, sheet

    marks = sheet(book, name)
    if form == "canvas":
        from ..gradebook.canvas import to_canvas

        return to_canvas(marks, titles)
    if form == "moodle":
        from ..gradebook.moodle import to_moodle

        return to_moodle(marks, titles, by, lambda mark: messages(book, mark))
    from ..gradebook.as_csv import to_csv

    return to_csv(marks, anonymous=anonymous), []


def _deliver(text: str, output: str | None) -> None:
    """Line ends as they are: the csv module wrote CR LF."""
    if output is None:
        sys.stdout.flush()
        click.echo(text.encode(), nl=False)
        return
    write_whole(Path(output), text.encode())
    click.echo(f"written to {output}", err=True)
