"""The command `grade`. Only click here; everything else is imported by the command that needs it."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import NoReturn

import click

from .. import __version__

FULL, LESS, USAGE, OURS = 0, 1, 2, 3


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
    """Grade solutions: .py, .ipynb or .zip files, or folders.

    Exit code 0: full marks. 1: less. 2: nothing to grade. 3: the grader itself failed.
    """
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
def doctor() -> None:
    """Show what isolation and libraries this machine offers."""
    from .doctor import examine

    sys.exit(examine())


def main() -> NoReturn:
    """The entry point. Collecting garbage while modules load costs a seventh of a short run."""
    gc.disable()
    try:
        cli(prog_name="grade")
    except SystemExit as end:
        _leave(end.code if isinstance(end.code, int) else int(end.code is not None))
    raise AssertionError("click exits by itself")


def _leave(code: int) -> NoReturn:
    """Without taking the interpreter apart module by module: everything is written, the sandbox is gone."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)
