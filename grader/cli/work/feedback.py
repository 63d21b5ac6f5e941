"""`grade export feedback`: pages for students, as a platform takes them back."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import FULL, OURS
from .book import opened
from .output import printable, write_whole


def export_feedback(where: str, assignment: str | None, output: Path) -> int:
    """Write the archive; returns the exit code."""
    with opened(where) as book:
        from ...classreport.feedback import feedback_zip
        from ...gradebook.words import counted

        made = feedback_zip(book, book.the_assignment(assignment))
        write_whole(output, made.content)
    click.echo(f"written to {output}, with the pages of {counted(made.pages, 'student')}", err=True)
    if made.homeless:
        click.echo(
            f"note: without a page, as no download has their work: {printable(', '.join(made.homeless))}", err=True
        )
    for problem in made.failed:
        click.echo(f"grade: {printable(problem.line)}", err=True)
    return OURS if made.failed else FULL
