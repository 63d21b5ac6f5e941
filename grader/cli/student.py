"""What a student types. Only click here; the work is imported by the command that needs it."""

from __future__ import annotations

import sys

import click

FREE_TEXT_FORMATS = ("text", "json", "html")
FORMATS = (*FREE_TEXT_FORMATS, "junit", "gradescope", "prairielearn", "autolab")
FREE_TEXT = (".md", ".txt")  # here, so that code is graded without importing what free text needs


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--exercise", metavar="SLUG", help="The exercise; found by the names that the file defines otherwise.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the report to this file.")
@click.option("--student", metavar="ID", help="Whose work it is: kept in a JSON or JUnit report.")
@click.option("--seed", type=click.IntRange(0), help="Replay the inputs of an earlier run.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
@click.option("--no-timing", is_flag=True, help="Time nothing: what depends on it is not counted.")
@click.option(
    "--require-isolation",
    "require",
    type=click.Choice(["process", "confined", "contained", "capped"]),
    default="process",
    help="Refuse to grade behind less than this layer.",
)
def submit(
    files: tuple[str, ...],
    exercise: str | None,
    form: str,
    output: str | None,
    student: str | None,
    seed: int | None,
    device: str,
    no_timing: bool,
    require: str,
) -> None:
    """Grade solutions: .py, .ipynb or .zip files, or folders. Free text (.md, .txt) is shown beside its rubric.

    Exit code 0: full marks. 1: less. 2: nothing to grade. 3: the grader itself failed.
    """
    if any(file.lower().endswith(FREE_TEXT) for file in files):
        if form not in FREE_TEXT_FORMATS:
            raise click.UsageError(f"free text is shown as {', '.join(FREE_TEXT_FORMATS)}; --format {form} is for code")
        from .essay import submit_essays

        sys.exit(submit_essays(files, exercise, form, output))
    from ..sandbox.launch import Zygotes

    with Zygotes() as zygotes:  # before anything else is imported or read
        from .submit import submit_files

        options = (exercise, form, output, seed, require, student, not no_timing, device)
        sys.exit(submit_files(files, *options, zygotes=zygotes))


@click.command("list")
def list_() -> None:
    """Show all exercises, free-text tasks and exam questions."""
    from .show import show_exercises

    show_exercises()


@click.command()
@click.argument("slug")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def start(slug: str, force: bool) -> None:
    """Write my_SLUG.py to work in, and show the statement."""
    from .show import start_exercise

    start_exercise(slug, force)


@click.command()
def doctor() -> None:
    """Show what isolation and libraries this machine offers."""
    from .doctor import examine

    sys.exit(examine())
