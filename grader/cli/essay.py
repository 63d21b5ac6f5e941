"""`grade submit` for free text, and its lines in `grade list` and `grade start`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..clean import clean
from ..freetext.answer import AnswerError, find_essay, read_answer
from ..freetext.assessment import RecordError, Standing, plain, standing
from ..freetext.essays import KINDS, EssayError, FreeTextTask, UnknownEssay, all_essays, load_essay
from . import FULL, LESS, OURS, USAGE
from .student import FREE_TEXT

if TYPE_CHECKING:
    from rich.table import Table

    from ..report.layout import Line


def submit_essays(files: Sequence[str], slug: str | None, form: str, output: str | None) -> int:
    """Show each answer beside its rubric, with the points recorded so far; returns the exit code."""
    if code := [f for f in files if not f.lower().endswith(FREE_TEXT)]:
        return refused(f"{code[0]} is not free text: hand in code and free text separately")
    try:
        found = [stand(file, slug) for file in files]
    except EssayError as error:
        return refused(str(error), USAGE if isinstance(error, UnknownEssay) else OURS)
    except (AnswerError, RecordError) as error:
        return refused(str(error))
    _show(found, form, output)
    return FULL if all(f.full_marks for f in found) else LESS


def _show(found: list[Standing], form: str, output: str | None) -> None:
    if form == "text":
        from ..freetext import text as essay_text

        show_lines([line for f in found for line in essay_text.standing_lines(f)], output)
    elif form == "json":
        data = [f.to_dict() for f in found]
        deliver(json.dumps(data[0] if len(data) == 1 else joined(data), indent=2, ensure_ascii=False), output)
    else:
        from ..freetext.html import to_html

        deliver(to_html(found), output)


def joined(data: list[dict]) -> dict:
    """Several answers as one object, as for exercises."""
    return {
        "exercise": ",".join(d["exercise"] for d in data),
        "score": sum(d["score"] for d in data),
        "max_score": sum(d["max_score"] for d in data),
        "isolation": "not run",
        "seed": None,
        "checks": [c | {"name": f"{d['exercise']}.{c['name']}"} for d in data for c in d["checks"]],
        "results": data,
    }


def stand(file: str, slug: str | None) -> Standing:
    """Read an answer and its record. Raises AnswerError, RecordError and EssayError."""
    answer = read_answer(file)
    essay = find_essay(answer, slug)
    if not answer.words:
        raise AnswerError(f"{file} holds no answer to {essay.slug} yet (headings and quotations do not count).")
    return standing(essay, answer, named=slug is not None)


def refused(message: str, code: int = USAGE) -> int:
    """Say why there is nothing to do; returns the exit code."""
    click.echo(f"grade: {clean(message)}", err=True)
    return code


def show_lines(lines: Iterable[Line], output: str | None = None) -> None:
    """Paragraphs to the terminal, or as plain text into a file."""
    from ..report import layout

    if output is None:
        layout.print_lines(lines)
    else:
        deliver(layout.lines_to_text(lines), output)


def deliver(text: str, output: str | None) -> None:
    """To stdout, or whole into a file."""
    text = plain(text)
    if output is None:
        click.echo(text)
        return
    from .files import write_whole

    write_whole(Path(output), text)
    click.echo(f"written to {output}", err=True)


# ---------------------------------------------------------------- list and start


def essay_table() -> Table:
    """All free-text tasks. Raises EssayError."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("free text", no_wrap=True)
    table.add_column("title")
    table.add_column("level", no_wrap=True)
    table.add_column("points", justify="right")
    for kind, essays in groupby(all_essays(), key=lambda e: e.kind):
        table.add_row(f"[dim]{KINDS[kind]}[/dim]")
        for e in essays:
            table.add_row(f"  {e.slug}", e.title, e.level, f"{e.points:g}")
    return table


def start_essay(slug: str, force: bool) -> int:
    """Write my_SLUG.md with the question in it; never over a file that exists, unless forced."""
    from .files import write_whole

    essay = load_essay(slug)
    target = Path(f"my_{slug}.md")
    if target.exists() and not force:
        return refused(f"{target} exists already and was left as it is (--force overwrites it)")
    write_whole(target, starter(essay))
    from ..freetext import text as essay_text

    show_lines(essay_text.started_lines(essay, target.name))
    return FULL


def starter(essay: FreeTextTask) -> str:
    """What a student begins with: the task's name and the question as a quotation."""
    quoted = "\n".join(f"> {row}".rstrip() for row in essay.question.split("\n"))
    return f"# {essay.slug}: {essay.title}\n\n{quoted}\n\n"
