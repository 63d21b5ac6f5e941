"""`grade package`: files to upload to a platform that grades by itself."""

from __future__ import annotations

from pathlib import Path

import click

from ..exercise import ExerciseError
from . import FULL, USAGE
from .files import write_whole


def package_for(platform: str, slugs: tuple[str, ...], output: Path | None, require: str, spec: str | None) -> int:
    """Write the zip or the workflow; returns the exit code."""
    try:
        return _github(slugs, output, spec) if platform == "github" else _gradescope(slugs, output, require)
    except ExerciseError as error:
        return _refused(str(error))


def _refused(message: str) -> int:
    click.echo(f"grade: {message}", err=True)
    return USAGE


def _gradescope(slugs: tuple[str, ...], output: Path | None, require: str) -> int:
    from ..package.gradescope import gradescope_zip, points

    path = output or Path("autograder.zip")
    write_whole(path, gradescope_zip(slugs, require))
    click.echo(f"written to {path}; the assignment is worth {points(slugs):g} points", err=True)
    click.echo("it holds the reference solutions: give it to nobody but Gradescope", err=True)
    return FULL


def _github(slugs: tuple[str, ...], output: Path | None, spec: str | None) -> int:
    from ..package.github import workflow

    if not spec:
        return _refused("github: --install SPEC: where the runner gets the grader, as git+https://…/cnn-grader@v1")
    text = workflow(slugs, spec)
    path = output or Path(".github/workflows/classroom.yml")
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    click.echo(f"written to {path}", err=True)
    click.echo(
        "students own that repository and its runner: what is installed there, references too, they can read", err=True
    )
    return FULL
