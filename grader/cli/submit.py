"""`grade submit`: grade a student's files, or show free text beside its rubric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from ..startup import loaded
from . import options
from .work.renderers import RENDERERS

FORMATS = tuple(RENDERERS)
FREE_TEXT_FORMATS = ("text", "json", "html")
FREE_TEXT = (".md", ".txt")  # here: code is graded without importing what free text needs
RENAMED = (".py.txt", ".ipynb.txt")  # code that a download or an editor has given a second ending


@click.command("submit")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@options.exercise(options.FOUND)
@options.format_(FORMATS)
@options.output("Write the report to this file.")
@click.option("--student", metavar="ID", help="Whose work it is: kept in a JSON or JUnit report.")
@options.seed("Replay the inputs of an earlier run.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True)
@click.option("--no-timing", is_flag=True, help="Time nothing: what depends on it is not counted.")
@options.isolation()
@options.layer
@options.feedback("line", "How much to tell of what went wrong, from verdicts alone to the lines at fault.")
@click.option("--case", type=click.IntRange(1), metavar="N", help="Write the N-th cause's case as case_N.py.")
@click.option("--no-explain", is_flag=True, help="Ask nothing further of what went wrong.")
@click.option("--no-history", is_flag=True, help="Do not remember this attempt for `grade progress`.")
@click.option("--watch", is_flag=True, help="Grade again whenever a file is saved, until Ctrl-C.")
@click.option("-v", "--verbose", is_flag=True, help="List every check, also those passed, the isolation and the seed.")
def command(files: tuple[str, ...], watch: bool, **choices: Any) -> int:
    """Grade solutions: .py, .ipynb or .zip files, or folders. Free text (.md, .txt) is shown beside its rubric.

    Exit code 0: full marks. 1: less. 2: nothing to grade. 3: the grader itself failed.
    """
    if any(map(_is_free_text, files)):
        if watch:
            raise click.UsageError("--watch is for code: free text is not graded, but shown beside its rubric")
        return _show_free_text(files, choices["exercise"], choices["form"], choices["output"])
    from ..sandbox.zygotes import Zygotes

    with Zygotes(choices["layer"]) as zygotes:  # before anything else is imported or read
        from .work.submit import SubmitOptions, submit

        if watch:
            from .work.watch import watch as graded_at_every_save

            return graded_at_every_save(files, SubmitOptions(**choices), zygotes)
        return submit(files, SubmitOptions(**choices), zygotes)


def _is_free_text(file: str) -> bool:
    return file.lower().endswith(FREE_TEXT) and not file.lower().endswith(RENAMED)


def _show_free_text(files: Sequence[str], exercise: str | None, form: str, output: str | None) -> int:
    if form not in FREE_TEXT_FORMATS:
        raise click.UsageError(f"free text is shown as {', '.join(FREE_TEXT_FORMATS)}; --format {form} is for code")
    from ..errors import GraderError
    from .work.essay import show_essays

    if code := [file for file in files if not _is_free_text(file)]:
        raise GraderError(f"{code[0]} is not free text: hand in code and free text separately")
    loaded()
    return show_essays(files, exercise, form, output)
