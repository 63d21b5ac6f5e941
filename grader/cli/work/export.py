"""`grade export`: the gradebook's marks as a file for a spreadsheet or an LMS."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import FULL, GraderError
from .book import opened
from .comparison import show_comparison
from .feedback import export_feedback
from .output import write_whole

if TYPE_CHECKING:
    from ...gradebook import Gradebook
    from ...gradebook.sheet import MarkSheet


@dataclass(frozen=True)
class ExportOptions:
    """Which marks, in which form, and where to.

    `columns`: EXERCISE=TITLE; `by`: Moodle's identifier; `missing`: `skip` or `0`; `against`: the platform's own file.
    """

    form: str
    assignment: str | None
    output: str | None
    columns: tuple[str, ...]
    by: str
    missing: str
    against: str | None
    replace_feedback: bool
    decimal: str
    anonymous: bool

    @property
    def platform(self) -> bool:
        """Whether it is for Canvas or Moodle, and not for a spreadsheet."""
        return self.form in ("canvas", "moodle")


def export_marks(where: str, options: ExportOptions) -> int:
    """Write the file; notes for the instructor go to stderr. Returns the exit code."""
    _refuse_contradictions(options)
    if options.form == "feedback":
        return export_feedback(where, options.assignment, Path(options.output or ""))
    titles = {e.strip(): title.strip() for e, title in (c.split("=", 1) for c in options.columns)}
    with opened(where) as book:
        from ...gradebook.sheet import sheet

        marks = sheet(book, book.the_assignment(options.assignment), zero=options.missing == "0")
        if not options.platform:
            _deliver(_spreadsheet(marks, options), options.output)
            return FULL
        text, notes = _changes(book, marks, titles, options) if options.against else _file(book, marks, titles, options)
        _deliver(text.encode(), options.output)
        for note in notes:
            click.echo(f"note: {note}", err=True)
    return FULL


def _refuse_contradictions(options: ExportOptions) -> None:
    """Raises GraderError if the options do not fit the format."""
    form, columns = options.form, options.columns
    if options.anonymous and form not in ("csv", "xlsx"):
        raise GraderError(
            f"--anonymous: {form} needs to know whose marks they are; `grade export csv` can be anonymous"
        )
    if options.against and not options.platform:
        raise GraderError(f"--against is for canvas and moodle: {form} changes nothing that a platform has")
    if options.replace_feedback and not (options.against and form == "moodle"):
        raise GraderError("--replace-feedback is for moodle with --against, which knows the feedback that there is")
    if options.decimal == "comma" and form != "csv":
        raise GraderError("--decimal is for csv; what the platforms write, --against follows")
    if form in ("xlsx", "feedback") and options.output is None:
        raise GraderError(f"{form} is no text: -o {'FILE.xlsx' if form == 'xlsx' else 'feedback.zip'}")
    if form == "feedback" and options.missing != "skip":
        raise GraderError("--missing is for marks, and feedback has the pages of whoever has one")
    wrong = [c for c in columns if "=" not in c or not all(map(str.strip, c.split("=", 1)))]
    if wrong or (columns and not options.platform):
        raise GraderError(f"--column {columns[0]}: write EXERCISE=TITLE, for canvas or moodle")


def _spreadsheet(marks: MarkSheet, options: ExportOptions) -> bytes:
    """The bytes of a file for a spreadsheet. In a file, text begins with a byte order mark, or names are misread."""
    from ...gradebook.delimited import MARK
    from ...gradebook.spreadsheet import to_csv, to_xlsx

    if options.form == "xlsx":
        return to_xlsx(marks, anonymous=options.anonymous)
    comma = options.decimal == "comma"
    text = to_csv(marks, anonymous=options.anonymous, comma=comma)
    return f"{MARK if comma or options.output else ''}{text}".encode()


def _file(
    book: Gradebook, marks: MarkSheet, titles: dict[str, str], options: ExportOptions
) -> tuple[str, Sequence[str]]:
    """Render all marks for the platform; returns the text, and notes on what it leaves out."""
    if options.form == "canvas":
        from ...gradebook.canvas import to_canvas

        return to_canvas(marks, titles)
    from ...gradebook.messages import messages
    from ...gradebook.moodle import to_moodle

    return to_moodle(marks, titles, options.by, messages(book, marks.assignment, marks.zone))


def _changes(
    book: Gradebook, marks: MarkSheet, titles: dict[str, str], options: ExportOptions
) -> tuple[str, Sequence[str]]:
    """Render what changes the platform's file, and show that. Raises GraderError if anything would be erased."""
    from ...gradebook.platform_file import read_platform_file

    file = read_platform_file(Path(options.against or ""))
    if options.form == "canvas":
        from ...gradebook.canvas import canvas_changes

        changes = canvas_changes(marks, titles, file)
    else:
        from ...gradebook.beside import Beside
        from ...gradebook.messages import messages
        from ...gradebook.moodle_changes import moodle_changes
        from ...gradebook.worksheet import fill_worksheet, is_worksheet

        beside = Beside(messages(book, marks.assignment, marks.zone), options.replace_feedback)
        if is_worksheet(file):
            changes = fill_worksheet(marks, titles, beside, file)
        else:
            changes = moodle_changes(marks, titles, options.by, beside, file)
    show_comparison(changes.comparison)
    changes.comparison.refuse_erasing()
    return changes.text, changes.notes


def _deliver(content: bytes, output: str | None) -> None:
    """Write bytes, which keep their line ends: the csv module writes CR LF."""
    if output is None:
        sys.stdout.flush()
        click.echo(content, nl=False)
        return
    write_whole(Path(output), content)
    click.echo(f"written to {output}", err=True)
