"""`grade package`: files to upload to a platform that grades by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ...errors import FULL, GraderError
from .output import write_whole


def write_gradescope(slugs: Sequence[str], output: str | None, require: str) -> int:
    """Write the zip for Gradescope; returns the exit code."""
    from ...package.gradescope import gradescope_zip, points

    path = Path(output or "autograder.zip")
    write_whole(path, gradescope_zip(slugs, require))
    click.echo(f"written to {path}; the assignment is worth {points(slugs):g} points", err=True)
    click.echo("it holds the reference solutions: upload it to Gradescope, and give it to no student", err=True)
    return FULL


def write_workflow(slugs: Sequence[str], output: str | None, spec: str | None) -> int:
    """Write the workflow for the students' repositories; returns the exit code."""
    from ...package.github import workflow

    if not spec:
        raise GraderError(
            "github needs --install SPEC: where the runner gets the grader, as git+https://…/cnn-grader@v1"
        )
    text = workflow(slugs, spec)
    path = Path(output or ".github/workflows/classroom.yml")
    if output is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    click.echo(f"written to {path}", err=True)
    click.echo("students own that repository and its runner: they can read all of it, the references too", err=True)
    return FULL
