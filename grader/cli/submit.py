"""`grade submit`: load, grade, show."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from ..exercise import Exercise, ExerciseError, load_exercise
from ..model import Result
from ..sandbox.launch import Zygotes
from ..sandbox.order import IsolationError
from ..submission.load import Submission, SubmissionError, find_exercises, load
from ..timing.presence import no_gpu
from . import FULL, LESS, OURS, USAGE
from .files import printable, write_whole


def submit_files(
    files: tuple[str, ...],
    slug: str | None,
    form: str,
    output: str | None,
    seed: int | None,
    require: str,
    student: str | None = None,
    timing: bool = True,
    device: str = "auto",
    *,
    zygotes: Zygotes,
) -> int:
    """Grade each file to each of its exercises; returns the exit code."""
    if device == "cuda" and (problem := no_gpu()):
        click.echo(f"grade: --device cuda: {problem}", err=True)
        return USAGE
    try:
        jobs = [job for file in files for job in _jobs(file, slug)]
        wanted: dict[str, Any] = {"seed": seed, "require": require, "timing": timing, "device": device}
        wanted |= {"pictures": form == "html", "zygotes": zygotes}
        results = [_grading().grade(submission, exercise, **wanted) for submission, exercise in jobs]
    except (SubmissionError, ExerciseError, IsolationError) as error:
        click.echo(f"grade: {printable(str(error))}", err=True)
        return USAGE
    _show(results, form, output, student)
    if any(r.internal_error for r in results):
        return OURS
    return FULL if all(r.full_marks for r in results) else LESS


def _grading() -> ModuleType:
    """What grades, imported while a file is being read."""
    return importlib.import_module("grader.judge.grade")


def _jobs(file: str, slug: str | None) -> list[tuple[Submission, Exercise]]:
    submission = load(file, meanwhile=_grading)
    if slug is not None:
        return [(submission, load_exercise(slug))]
    return [(submission, exercise) for exercise in find_exercises(submission)]


def _show(results: list[Result], form: str, output: str | None, student: str | None) -> None:
    if form == "text" and output is None:
        from ..report.text import print_result

        for result in results:
            print_result(result)
        return
    text = _rendered(results, form, student)
    if output is None:
        click.echo(text)
        return
    write_whole(Path(output), text)
    click.echo(f"written to {output}", err=True)


def _rendered(results: list[Result], form: str, student: str | None) -> str:
    """The report in this format. Only JSON and JUnit name the student: platforms know whose work they sent."""
    renderer = importlib.import_module(f"grader.report.{'as_json' if form == 'json' else form}")
    if form == "text":
        return "\n".join(renderer.to_text(r) for r in results)
    render = getattr(renderer, f"to_{form}")
    return render(results, student) if form in ("json", "junit") else render(results)
