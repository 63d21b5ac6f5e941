"""`grade quiz list`, and the questions in `grade list`."""

from __future__ import annotations

import re
import sys
from collections import defaultdict

from rich.table import Table

from generators.blueprint import blueprints, load_blueprint
from generators.registry import load, slugs

from ...errors import FULL
from .output import show_tables


def show_generators() -> int:
    """Print a table of all generators by topic, and one of the blueprints; returns the exit code."""
    show_tables(_generators(), "", _blueprints())
    return FULL


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, column in enumerate(columns):
        right = column in ("questions", "marks", "minutes")
        table.add_column(column, justify="right" if right else "left", no_wrap=not i, overflow="fold")
    return table


def _generators() -> Table:
    table = _table("generator", "what is asked · kinds · level · marks")
    topic = ""
    for slug in sorted(slugs(), key=lambda name: (load(name).topic.lower(), name)):
        g = load(slug)
        if g.topic != topic:
            topic = g.topic
            table.add_row(f"[bold cyan]{topic}[/bold cyan]")
        facts = f"{' '.join(g.kinds)} · {g.difficulty} · {g.marks}"
        table.add_row(f"  {slug}", f"{title(slug)} [dim]· {facts}[/dim]")
    return table


def title(slug: str) -> str:
    """The first sentence of the generator's docstring, without its source."""
    text = sys.modules[load(slug).function.__module__].__doc__ or ""
    first = text.strip().split("\n\n")[0].replace("\n", " ").rstrip(".")
    return re.sub(r" \([^()]*\b(19|20)\d\d\b[^()]*\)$", "", first)


def _blueprints() -> Table:
    table = _table("blueprint", "title", "questions", "marks", "minutes")
    for name in blueprints():
        b = load_blueprint(name)
        marks = sum(cell.count * (cell.marks or 0) for cell in b.cells)
        table.add_row(name, b.title, str(b.count), str(marks), str(b.minutes))
    return table


def topic_table() -> Table:
    """The question generators in `grade list`: one row a topic."""
    table = _table("exam questions", "generators (`grade quiz list` says more)")
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for slug in slugs():
        rows[load(slug).topic].append(slug)
    for topic in sorted(rows, key=str.lower):
        table.add_row(topic, ", ".join(rows[topic]))
    return table
