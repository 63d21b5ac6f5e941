"""`grade explain`: load, grade, search for the line, and show why points were lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

import click

from ...errors import GraderError
from ...exercise import Exercise
from ...model import Result
from ...sandbox.zygotes import Zygotes
from ...submission.load import Submission
from .submit import exit_code, jobs

SECONDS = 10.0  # of processor time, to look for the line


@dataclass(frozen=True)
class ExplainOptions:
    """What to explain, and how to show it."""

    exercise: str | None
    check: str | None
    seed: int | None
    form: str
    layer: str | None = None


def explain(file: str, options: ExplainOptions, zygotes: Zygotes) -> int:
    """Explain what a file gets wrong in each of its exercises; returns the exit code."""
    wanted = [job for job in jobs([file], options.exercise) if options.check is None or _has(job[1], options.check)]
    if not wanted:
        raise GraderError(f"no check is called {options.check}; `grade submit {file} --format json` has their names")
    results = [_explained(*job, options, zygotes) for job in wanted]
    _show(results, options)
    return exit_code(results)


def _has(exercise: Exercise, check: str) -> bool:
    return any(c.name == check for c in exercise.checks)


def _explained(submission: Submission, exercise: Exercise, options: ExplainOptions, zygotes: Zygotes) -> Result:
    from ...judge.grade import grade

    result = grade(
        submission,
        exercise,
        seed=options.seed,
        timing=False,
        explained=True,
        line_seconds=SECONDS,
        zygotes=zygotes,
    )
    if options.check is None:
        return result
    return replace(result, causes=tuple(cause for cause in result.causes if options.check in cause.checks))


def _show(results: list[Result], options: ExplainOptions) -> None:
    if options.form == "json":
        from ...report.as_json import to_json

        click.echo(to_json(results))
        return
    from ...report.text import print_causes

    for result in results:
        print_causes(result)
