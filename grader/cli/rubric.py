"""`grade rubric`: people give points to free text."""

from __future__ import annotations

from typing import Any

import click

from ..startup import loaded
from . import options


@click.command("rubric")
@click.argument("file", required=False)
@options.exercise("The task; found by the file's first lines or its name otherwise.")
@click.option("--points", multiple=True, metavar="CRITERION=N", help="Record these points without asking (repeatable).")
@click.option("--by", metavar="NAME", help="Who assesses; your login name otherwise.")
@click.option("--comment", metavar="TEXT", help="A comment to the author.")
@click.option("--list", "listed", is_flag=True, help="Show all free-text tasks.")
@click.option("--show", metavar="SLUG", help="Show a task and its rubric.")
def command(file: str | None, listed: bool, show: str | None, **choices: Any) -> int:
    """Give points to an answer in free text, criterion by criterion.

    Every entry is saved at once in FILE.rubric.json, with all earlier assessments; an interrupted one goes on where it
    was. Exit code 0: every criterion has points. 1: some are open. 2: nothing to assess.
    """
    from .work.rubric import AssessOptions, assess, show_rubrics

    loaded()
    if listed or show is not None:
        return show_rubrics(show)
    if file is None:
        raise click.UsageError("Which answer? Give a .md or .txt file, or --list, or --show SLUG.")
    return assess(file, AssessOptions(**choices))
