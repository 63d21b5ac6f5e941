"""`grade list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from ...errors import FULL, OURS, GraderError
from ...exercise import ExerciseError, in_chapter_order
from ...practice.history import HistoryError, tries
from ...practice.progress import progress
from .essay import essay_table
from .output import show_tables
from .quiz_list import topic_table

if TYPE_CHECKING:
    from ...practice.history import Try
    from ...practice.progress import ExerciseProgress

DONE = "✓"
WIDE = 64  # columns, from which there is room for everything


def show_exercises() -> int:
    """Print tables of all exercises, free-text tasks and exam questions; returns the exit code."""
    try:
        found = progress(in_chapter_order(), _tries())
        texts = essay_table()
    except (ExerciseError, OSError) as error:  # the user named no exercise: a broken one is our mistake
        raise GraderError(str(error), OURS) from error
    show_tables(_exercises(found), "", texts, "", topic_table())
    return FULL


def _tries() -> list[Try]:
    """The attempts; none, and a line that says why, where they cannot be read: the list is there all the same."""
    try:
        return tries()
    except HistoryError as error:
        click.echo(f"grade: what is done is not marked: {error}", err=True)
        return []


def _exercises(found: list[ExerciseProgress]) -> Table:
    """In the chapter's order; below each title, what is to be written. Points are the best of those reached."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")
    table.add_column("", width=1, style="green")
    table.add_column("exercise", no_wrap=True)
    table.add_column("title, and what you write", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    if wide := Console().width >= WIDE:
        table.add_column("level", no_wrap=True)
    for one in found:
        e = one.exercise
        names = f"{e.title}\n[dim]{', '.join(e.names)}[/dim]"
        table.add_row(DONE if one.done else "", e.slug, names, _points(one), *([e.level] if wide else []))
    return table


def _points(one: ExerciseProgress) -> str:
    best = one.best
    return f"{one.exercise.points:g}" if best is None else f"{best.score:g}/{best.possible:g}"
