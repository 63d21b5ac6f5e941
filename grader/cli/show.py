"""`grade list` and `grade start`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from ..exercise import ExerciseError, all_exercises, load_exercise
from ..freetext.essays import EssayError, is_essay
from ..report.readable import markdown
from . import OURS, USAGE
from .essay import essay_table, start_essay
from .files import write_whole
from .quiz_list import topic_table


def show_exercises() -> None:
    """A table of all exercises, one of the free-text tasks, and one of the exam questions."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("exercise", "title", "level", "points", "you write"):
        table.add_column(column, overflow="fold", justify="right" if column == "points" else "left")
    try:
        for e in all_exercises():
            table.add_row(e.slug, e.title, e.level, f"{e.points:g}", ", ".join(e.names))
        texts = essay_table()
    except (ExerciseError, EssayError, OSError) as error:
        click.echo(f"grade: {error}", err=True)
        sys.exit(OURS)
    Console().print(table, "", texts, "", topic_table(), sep="\n")


def start_exercise(slug: str, force: bool) -> None:
    """Write the starter aside the student's other files; never over one that exists, unless forced."""
    if is_essay(slug):
        sys.exit(start_essay(slug, force))
    try:
        exercise = load_exercise(slug)
    except ExerciseError as error:
        click.echo(f"grade: {error}", err=True)
        sys.exit(USAGE)
    target = Path(f"my_{slug}.py")
    if target.exists() and not force:
        click.echo(f"grade: {target} exists already and was left as it is (--force overwrites it)", err=True)
        sys.exit(USAGE)
    write_whole(target, exercise.starter_file.read_text(encoding="utf-8"))
    console = Console()
    console.print(Markdown(markdown(exercise.statement)))
    console.print(f"\n[bold]{target}[/bold] is yours to fill in. Then: [bold]grade submit {target}[/bold]")
