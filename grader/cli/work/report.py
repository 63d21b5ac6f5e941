"""`grade report`: how a class did, in the terminal or as pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...errors import FULL, OURS, GraderError
from .book import opened
from .output import write_whole

if TYPE_CHECKING:
    from ...classreport.model import Classroom, ClassStats, Similar
    from ...gradebook import Gradebook

PAGE = (".html", ".htm")


@dataclass(frozen=True)
class ReportOptions:
    """Which report, in which form, and where to. `similarity`: percent of code that is alike, or None."""

    assignment: str | None
    output: Path | None
    form: str
    names: bool
    anonymous: bool
    similarity: float | None
    beside: str | None
    beside_gradebook: str | None

    @classmethod
    def of(cls, form: str | None, output: str | None, **others: Any) -> ReportOptions:
        """Without a form: HTML with `output`, else text."""
        path = None if output is None else Path(output)
        return cls(form=form or ("html" if path else "text"), output=path, **others)


def report_class(where: str, options: ReportOptions) -> int:
    """Show or write the report; returns the exit code."""
    _refuse_contradictions(options)
    with opened(where) as book:
        return _report(book, options)


def _refuse_contradictions(options: ReportOptions) -> None:
    output = options.output
    if options.anonymous and (options.names or options.similarity is not None):
        raise GraderError("--anonymous excludes --names and --similarity, which name people")
    if options.form == "html" and output is None:
        raise GraderError(
            "html needs -o DIR for a page of the class and of each student, or -o FILE.html for the class"
        )
    if options.beside_gradebook is not None and options.beside is None:
        raise GraderError("--beside-gradebook needs --beside NAME: which assignment there")
    if options.form != "html" and output is not None and output.is_dir():
        raise GraderError(f"{output} is a folder; --format {options.form} is written to a file")


def _report(book: Gradebook, options: ReportOptions) -> int:
    assignment = book.the_assignment(options.assignment)
    similar = _similar(book, assignment, options.similarity)
    if options.form == "html" and options.output is not None and options.output.suffix.lower() not in PAGE:
        return _folder(book, assignment, options, options.output, similar)
    from ...classreport.overview import illustrate, read_class
    from ...classreport.stats import analyse

    classroom = read_class(book, assignment)
    stats = replace(analyse(classroom), before=_before(book, options))
    stats = illustrate(book, classroom, stats, names=options.names)
    if options.form == "text":
        _show(classroom, stats, options, similar)
    else:
        _write(classroom, stats, options, similar)
    return FULL


def _before(book: Gradebook, options: ReportOptions) -> tuple[str, ClassStats] | None:
    """The numbers of another assignment, here or in another gradebook. Raises GradebookError."""
    if options.beside is None:
        return None
    from ...classreport.overview import read_class
    from ...classreport.stats import analyse

    if options.beside_gradebook is None:
        name = book.the_assignment(options.beside)
        return name, analyse(read_class(book, name))
    with opened(options.beside_gradebook) as other:
        name = other.the_assignment(options.beside)
        return f"{name} ({Path(options.beside_gradebook).stem})", analyse(read_class(other, name))


def _write(classroom: Classroom, stats: ClassStats, options: ReportOptions, similar: Similar | None) -> None:
    """Write one page or one JSON object, to stdout or a file."""
    if options.form == "json":
        from ...classreport.json import to_json as render
    else:
        from ...classreport.html import class_page as render
    text = render(classroom, stats, anonymous=options.anonymous, similar=similar)
    if options.output is None:
        click.echo(text)
    else:
        write_whole(options.output, text)
        click.echo(f"written to {options.output}", err=True)


def _folder(book: Gradebook, assignment: str, options: ReportOptions, folder: Path, similar: Similar | None) -> int:
    from ...classreport.pages import write_class
    from ...gradebook.words import counted

    if options.anonymous:
        raise GraderError("--anonymous makes one page and none for each student: -o FILE.html")
    if folder.exists() and not folder.is_dir():
        raise GraderError(f"{folder} is a file; -o DIR, or -o FILE.html for the class's page alone")
    before = _before(book, options)
    count, failed = write_class(folder, book, assignment, names=options.names, similar=similar, before=before)
    click.echo(f"written to {folder / 'index.html'}, with the pages of {counted(count, 'student')}", err=True)
    for problem in failed:
        click.echo(f"grade: {problem.line}", err=True)
    return OURS if failed else FULL


def _show(classroom: Classroom, stats: ClassStats, options: ReportOptions, similar: Similar | None) -> None:
    """Print the report; with `output`, to a file."""
    from io import StringIO

    from rich.console import Console

    from ...classreport.text import show_class

    console = Console() if options.output is None else Console(record=True, file=StringIO(), width=120)
    show_class(console, classroom, stats, anonymous=options.anonymous, similar=similar)
    if options.output is not None:
        write_whole(options.output, console.export_text())


def _similar(book: Gradebook, assignment: str, threshold: float | None) -> Similar | None:
    if threshold is None:
        return None
    from ...classreport.alike import find_similar

    return find_similar(book, assignment, threshold / 100)
