"""What people assess. Only click here; the work is imported by the command that needs it."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("file", required=False)
@click.option("--exercise", metavar="SLUG", help="The task; found by the file's first lines or its name otherwise.")
@click.option("--points", multiple=True, metavar="CRITERION=N", help="Record these points without asking (repeatable).")
@click.option("--by", metavar="NAME", help="Who assesses; your login name otherwise.")
@click.option("--comment", metavar="TEXT", help="A comment to the author.")
@click.option("--list", "listed", is_flag=True, help="Show all free-text tasks.")
@click.option("--show", metavar="SLUG", help="Show a task and its rubric.")
def rubric(
    file: str | None,
    exercise: str | None,
    points: tuple[str, ...],
    by: str | None,
    comment: str | None,
    listed: bool,
    show: str | None,
) -> None:
    """Give points to an answer in free text, criterion by criterion.

    Every entry is saved at once in FILE.rubric.json, with all earlier assessments; an interrupted one goes on where it
    was. Exit code 0: every criterion has points. 1: some are open. 2: nothing to assess.
    """
    from .rubric import assess, show_rubrics

    if listed or show is not None:
        sys.exit(show_rubrics(show))
    if file is None:
        raise click.UsageError("Which answer? Give a .md or .txt file, or --list, or --show SLUG.")
    sys.exit(assess(file, exercise, points, by, comment))


@click.command()
@click.argument("slug", default="lab")
@click.option("--results", multiple=True, metavar="JSON", help="What `grade submit --format json` wrote (repeatable).")
@click.option("--rubric", "record", metavar="JSON", help="The record that `grade rubric` wrote for the report.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the sheet to this file.")
def lab(slug: str, results: tuple[str, ...], record: str | None, form: str, output: str | None) -> None:
    """Put a lab's sheet together: graded code and the points given to the report.

    What is missing is shown as open. Exit code 0: all points. 1: less, or something open. 2: a file does not fit.
    """
    from .lab import show_sheet

    sys.exit(show_sheet(slug, results, record, form, output))
