"""`grade list`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from ...errors import FULL, OURS, GraderError
from ...exercise import ExerciseError, all_exercises
from .essay import essay_table
from .quiz_list import topic_table


def show_exercises() -> int:
    """Print tables of all exercises, free-text tasks and exam questions; returns the exit code."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("exercise", "title", "level", "points", "you write"):
        table.add_column(column, overflow="fold", justify="right" if column == "points" else "left")
    try:
        for e in all_exercises():
            table.add_row(e.slug, e.title, e.level, f"{e.points:g}", ", ".join(e.names))
        texts = essay_table()
    except (ExerciseError, OSError) as error:  # the user named no exercise: a broken one is our mistake
        raise GraderError(str(error), OURS) from error
    Console().print(table, "", texts, "", topic_table(), sep="\n")
    return FULL
