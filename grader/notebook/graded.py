"""`python -m grader.notebook.graded`: grade cells given as JSON on stdin; the report is JSON on stdout."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from ..errors import GraderError
from ..exercise import Exercise, all_exercises, exercises_with, load_exercise
from ..judge.grade import grade
from ..model import Result
from ..practice.history import HistoryError, remember
from ..report.html import to_html
from ..report.text import to_text
from ..submission.load import Submission, find_exercises, notebook
from .report import NotebookReport


def main() -> None:
    """Answer one request: what `report` takes."""
    request = json.load(sys.stdin)
    try:
        answer = asdict(report(**request))
    except GraderError as error:
        answer = {"error": str(error)}
    json.dump(answer, sys.stdout)


def report(cells: list[str], wanted: str | None, seed: int | None, verbose: bool) -> NotebookReport:
    """The cells graded. `wanted` is an exercise, or a name that one asks for; None: whatever the cells define.

    Raises GraderError where nothing can be graded.
    """
    submission = notebook(Path("notebook.ipynb"), _as_notebook(cells))
    exercises = _exercises(submission, wanted)
    results = [_graded(submission, exercise, wanted, seed) for exercise in exercises]
    _remember([r for r, e in zip(results, exercises, strict=True) if wanted not in e.names])
    text = "\n".join(to_text(result, verbose) for result in results)
    return NotebookReport(text, to_html(results), sum(r.score for r in results), sum(r.max_score for r in results))


def _remember(results: list[Result]) -> None:
    """Add what was graded whole to the learner's history; a history that cannot be written changes nothing here."""
    with contextlib.suppress(HistoryError):
        remember(results)


def _as_notebook(cells: list[str]) -> bytes:
    code = [{"cell_type": "code", "source": source} for source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": code}).encode()


def _exercises(submission: Submission, wanted: str | None) -> list[Exercise]:
    if wanted is None:
        return find_exercises(submission)
    if wanted in {e.slug for e in all_exercises()} or not (asking := exercises_with({wanted})):
        return [load_exercise(wanted)]
    defined = set(submission.facts.defined)
    return [max(asking, key=lambda e: len(defined & set(e.names)))]


def _graded(submission: Submission, exercise: Exercise, wanted: str | None, seed: int | None) -> Result:
    """A cell has no file that a command could be given."""
    result = replace(grade(submission, exercise, seed=seed, explained=True), file="")
    return _only(result, exercise, wanted) if wanted in exercise.names else result


def _only(result: Result, exercise: Exercise, name: str | None) -> Result:
    """The part of a result that is about one of the names that the exercise asks for."""
    about = {check.name for check in exercise.checks if name in check.needs}
    checks = [check for check in result.checks if check.name in about]
    lost = {check.name: check.max_score - check.score for check in checks}
    parts = ((cause, tuple(n for n in cause.checks if n in lost)) for cause in result.causes)
    causes = tuple(replace(cause, checks=own, points=sum(lost[n] for n in own)) for cause, own in parts if own)
    return replace(result, checks=checks, causes=causes, done={n: p for n, p in result.done.items() if n == name})


if __name__ == "__main__":
    main()
