"""`grade report`: what a class came to, in the terminal or as pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import FULL, OURS, USAGE
from .files import printable, write_whole
from .gradebook import refused, with_gradebook

if TYPE_CHECKING:
    from ..classreport.model import Classroom, ClassStats, Similar
    from ..gradebook import Gradebook

PAGE = (".html", ".htm")


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    where: str
    assignment: str | None
    output: Path | None
    form: str | None
    names: bool
    anonymous: bool
    similarity: float | None


def report_class(wanted: Wanted) -> int:
    """Show or write the report; returns the exit code."""
    form = wanted.form or ("html" if wanted.output else "text")
    if wanted.anonymous and (wanted.names or wanted.similarity is not None):
        return refused("--anonymous: neither --names nor --similarity, which names people")
    if form == "html" and wanted.output is None:
        return refused("html: -o DIR for the class's page and each student's, or -o FILE.html for the class's alone")
    if form != "html" and wanted.output is not None and wanted.output.is_dir():
        return refused(f"{wanted.output} is a folder; --format {form} is written to a file")
    return with_gradebook(wanted.where, lambda book: _report(book, wanted, form))


def _report(book: Gradebook, wanted: Wanted, form: str) -> int:
    assignment = book.the_assignment(wanted.assignment)
    similar = _similar(book, assignment, wanted.similarity)
    if form == "html" and wanted.output is not None and wanted.output.suffix.lower() not in PAGE:
        return _folder(book, assignment, wanted, wanted.output, similar)
    from ..classreport.overview import illustrate, read_class
    from ..classreport.stats import analyse

    classroom = read_class(book, assignment)
    stats = illustrate(book, classroom, analyse(classroom), names=wanted.names)
    if form == "text":
        return _show(classroom, stats, wanted, similar)
    if form == "json":
        from ..classreport.json import to_json as render
    else:
        from ..classreport.html import class_page as render
    text = render(classroom, stats, anonymous=wanted.anonymous, similar=similar)
    if wanted.output is None:
        click.echo(text)
    else:
        write_whole(wanted.output, text)
        click.echo(f"written to {wanted.output}", err=True)
    return FULL


def _folder(book: Gradebook, assignment: str, wanted: Wanted, folder: Path, similar: Similar | None) -> int:
    from ..batch.pages import PagesError
    from ..classreport.pages import write_class

    if wanted.anonymous:
        return refused("--anonymous is for one page without anybody's: -o FILE.html")
    if folder.exists() and not folder.is_dir():
        return refused(f"{folder} is a file; -o DIR, or -o FILE.html for the class's page alone")
    try:
        count, failed = write_class(folder, book, assignment, names=wanted.names, similar=similar)
    except PagesError as error:
        click.echo(f"grade: {printable(str(error))}", err=True)
        return OURS
    click.echo(f"written to {folder / 'index.html'}, with the pages of {count} students", err=True)
    for problem in failed:
        click.echo(f"grade: {problem.line}", err=True)
    return OURS if failed else FULL


def _show(classroom: Classroom, stats: ClassStats, wanted: Wanted, similar: Similar | None) -> int:
    from rich.console import Console

    from ..classreport.text import show_class

    if wanted.output is None:
        show_class(Console(), classroom, stats, anonymous=wanted.anonymous, similar=similar)
        return FULL
    console = Console(record=True, quiet=True, width=120)
    show_class(console, classroom, stats, anonymous=wanted.anonymous, similar=similar)
    write_whole(wanted.output, console.export_text())
    return FULL


def _similar(book: Gradebook, assignment: str, threshold: float | None) -> Similar | None:
    if threshold is None:
        return None
    from ..classreport.alike import NotInstalled, find_similar

    try:
        return find_similar(book, assignment, threshold / 100)
    except NotInstalled as error:
        click.echo(f"grade: {error}", err=True)
        raise SystemExit(USAGE) from error
