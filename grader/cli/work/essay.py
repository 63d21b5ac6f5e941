"""`grade submit` for free text; how commands read an answer, and the table of all tasks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ...errors import FULL, LESS
from ...freetext.answer import AnswerError, find_essay, read_answer
from ...freetext.assessment import Standing, standing
from ...freetext.essays import KINDS, all_essays
from .output import deliver, show_lines

if TYPE_CHECKING:
    from rich.table import Table


def show_essays(files: Sequence[str], slug: str | None, form: str, output: str | None) -> int:
    """Show each answer beside its rubric, with the points recorded so far; returns the exit code."""
    found = [read_standing(file, slug) for file in files]
    _show(found, form, output)
    return FULL if all(f.full_marks for f in found) else LESS


def _show(found: list[Standing], form: str, output: str | None) -> None:
    if form == "text":
        from ...freetext import text as essay_text

        show_lines([line for f in found for line in essay_text.standing_lines(f)], output)
    elif form == "json":
        data = [f.to_dict() for f in found]
        deliver(json.dumps(data[0] if len(data) == 1 else _joined(data), indent=2, ensure_ascii=False), output)
    else:
        from ...freetext.html import to_html

        deliver(to_html(found), output)


def _joined(data: list[dict[str, Any]]) -> dict[str, Any]:
    """Join several answers in one object, as for exercises."""
    return {
        "exercise": ",".join(d["exercise"] for d in data),
        "score": sum(d["score"] for d in data),
        "max_score": sum(d["max_score"] for d in data),
        "isolation": "not run",
        "seed": None,
        "checks": [c | {"name": f"{d['exercise']}.{c['name']}"} for d in data for c in d["checks"]],
        "results": data,
    }


def read_standing(file: str, slug: str | None) -> Standing:
    """Read an answer and its record. Raises AnswerError, RecordError and EssayError."""
    answer = read_answer(file)
    essay = find_essay(answer, slug)
    if not answer.words:
        raise AnswerError(f"{file} holds no answer to {essay.slug} yet (headings and quotations do not count).")
    return standing(essay, answer, named=slug is not None)


def essay_table() -> Table:
    """List all free-text tasks. Raises EssayError."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("free text", no_wrap=True)
    table.add_column("title", overflow="fold")
    table.add_column("level", no_wrap=True)
    table.add_column("points", justify="right")
    for kind, essays in groupby(all_essays(), key=lambda e: e.kind):
        table.add_row(f"[dim]{KINDS[kind]}[/dim]")
        for e in essays:
            table.add_row(f"  {e.slug}", e.title, e.level, f"{e.points:g}")
    return table
