"""The command `grade`. Only click here; everything else is imported by the command that needs it."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
import traceback
from typing import NoReturn

import click

from .. import __version__

FULL, LESS, USAGE, OURS = 0, 1, 2, 3
FREE_TEXT = (".md", ".txt")  # here, so that code is graded without importing what free text needs


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="grade")
def cli() -> None:
    """Auto-graded exercises on convolutional neural networks.

    Start with `grade list`, then `grade start conv`, then `grade submit my_conv.py`.
    """


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--exercise", metavar="SLUG", help="The exercise; found by the names that the file defines otherwise.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the report to this file.")
@click.option("--seed", type=click.IntRange(0), help="Replay the inputs of an earlier run.")
@click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["process", "confined", "contained", "capped"]),
    default="process",
    help="Refuse to grade behind less than this layer.",
)
def submit(
    files: tuple[str, ...], exercise: str | None, form: str, output: str | None, seed: int | None, require: str
) -> None:
    """Grade solutions: .py, .ipynb or .zip files, or folders. Free text (.md, .txt) is shown beside its rubric.

    Exit code 0: full marks. 1: less. 2: nothing to grade. 3: the grader itself failed.
    """
    if any(file.lower().endswith(FREE_TEXT) for file in files):
        from .essay import submit_essays

        sys.exit(submit_essays(files, exercise, form, output))
    from .submit import submit_files

    sys.exit(submit_files(files, exercise, form, output, seed, require))


@cli.command("list")
def list_() -> None:
    """Show all exercises."""
    from .show import show_exercises

    show_exercises()


@cli.command()
@click.argument("slug")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def start(slug: str, force: bool) -> None:
    """Write my_SLUG.py to work in, and show the statement."""
    from .show import start_exercise

    start_exercise(slug, force)


@cli.command()
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


@cli.command()
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


@cli.command()
def doctor() -> None:
    """Show what isolation and libraries this machine offers."""
    from .doctor import examine

    sys.exit(examine())


def main() -> NoReturn:
    """The entry point. Collecting garbage while modules load costs a seventh of a short run."""
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character still shows the others
    try:
        cli(prog_name="grade")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    except Exception:
        traceback.print_exc()  # and not the code that stands for "less than full marks"
        _leave(OURS)
    raise AssertionError("click exits by itself")


def _leave(code: int) -> NoReturn:
    """Without taking the interpreter apart module by module: everything is written, the sandbox is gone."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
