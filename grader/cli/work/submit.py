"""`grade submit`: load, grade, show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import FULL, INTERRUPTED, LESS, OURS, GraderError
from ...exercise import Exercise, exercises_with, load_exercise
from ...judge.means import Decided, Interrupted
from ...model import Result
from ...model.feedback import Feedback
from ...report.limited import limited
from ...report.live import live
from ...report.reasons import reason
from ...sandbox.launch import Sandbox
from ...sandbox.zygotes import Zygotes
from ...submission.beside import taken_along, with_modules
from ...submission.load import Submission, find_exercises, load
from ...timing.presence import no_gpu
from .case import write_case
from .output import write_whole
from .progress import remember
from .renderers import RENDERERS

if TYPE_CHECKING:
    from ...sandbox.warm import WarmSandboxes

OWN_FORMATS = ("text", "html", "json")  # the others are for platforms


@dataclass(frozen=True)
class SubmitOptions:
    """How to grade, and where the report goes."""

    exercise: str | None
    form: str
    output: str | None
    student: str | None
    seed: int | None
    device: str
    no_timing: bool
    require: str
    layer: str | None
    feedback: str
    case: int | None
    no_explain: bool
    no_history: bool
    verbose: bool


def submit(files: Sequence[str], options: SubmitOptions, zygotes: Zygotes, warm: WarmSandboxes | None = None) -> int:
    """Grade each file to each of its exercises; returns the exit code.

    Workers are of these zygotes, or of sandboxes that are warm already.
    """
    if options.case is not None and options.no_explain:
        raise click.UsageError("--case N is looked for by asking on: leave out --no-explain")
    if options.device == "cuda" and (problem := no_gpu()):
        raise GraderError(f"--device cuda: {reason(problem)}")
    try:
        return _submit(files, options, zygotes, warm)
    except KeyboardInterrupt as stop:
        raise GraderError("interrupted: nothing was written.", INTERRUPTED) from stop


def _submit(files: Sequence[str], options: SubmitOptions, zygotes: Zygotes, warm: WarmSandboxes | None) -> int:
    def read(sources: dict[str, bytes]) -> None:
        _import_grading(sources)
        if warm:
            warm.begin(sources, options.require)

    wanted = jobs(files, options.exercise, read)
    level = Feedback(options.feedback)
    results: list[Result] = []
    try:
        for submission, exercise in wanted:
            with live() as decided:
                sandbox = warm.of(exercise) if warm else None
                results.append(limited(_graded(submission, exercise, options, zygotes, sandbox, decided), level))
    except Interrupted as stop:
        if options.form != "text" or options.output is not None:
            raise  # a report is whole, or not there
        _show([*results, limited(stop.result, level)], options)
        return INTERRUPTED
    if options.case is not None:
        write_case(results, options.case)
    else:
        _show(results, options)
        if _is_own_attempt(options):
            remember(results)
    return exit_code(results)


def exit_code(results: Sequence[Result]) -> int:
    """What the command ends with: full marks everywhere, less, or an error of the grader's own."""
    if any(r.internal_error for r in results):
        return OURS
    return FULL if all(r.full_marks for r in results) else LESS


def _is_own_attempt(options: SubmitOptions) -> bool:
    """Whether someone grades their own work here: not another student's, nor on a platform."""
    return not options.no_history and options.student is None and options.form in OWN_FORMATS


def _import_grading(_sources: dict[str, bytes]) -> None:
    """Import the grading while another process reads the file."""
    from ...judge import grade  # noqa: F401


def jobs(
    files: Sequence[str], slug: str | None, meanwhile: Callable[[dict[str, bytes]], object] = _import_grading
) -> list[tuple[Submission, Exercise]]:
    """Files as submissions to the exercises that they are for; a helper module goes with the file that imports it.

    `meanwhile` is called with a file's source while that is read.
    """
    loaded = {file: with_modules(load(file, meanwhile), Path(file)) for file in files}
    modules = {path for file, submission in loaded.items() for path in taken_along(submission, Path(file))}
    own = [s for f, s in loaded.items() if Path(f).resolve() not in modules or exercises_with(s.facts.defined)]
    if slug is not None:
        return [(submission, load_exercise(slug)) for submission in own]
    return [(submission, exercise) for submission in own for exercise in find_exercises(submission)]


def _graded(
    submission: Submission,
    exercise: Exercise,
    options: SubmitOptions,
    zygotes: Zygotes,
    sandbox: Sandbox | None,
    decided: Decided,
) -> Result:
    from ...judge.grade import grade

    return grade(
        submission,
        exercise,
        seed=options.seed,
        require=options.require,
        timing=not options.no_timing,
        explained=not options.no_explain,
        device=options.device,
        pictures=options.form == "html",
        zygotes=zygotes,
        sandbox=sandbox,
        decided=decided,
    )


def _show(results: list[Result], options: SubmitOptions) -> None:
    if options.form == "text" and options.output is None:
        from ...report.text import print_result

        before = 0
        for result in results:
            print_result(result, options.verbose, before)
            before += len(result.causes)
        return
    text = RENDERERS[options.form](results, options.student)
    if options.output is None:
        click.echo(text)
        return
    write_whole(Path(options.output), text)
    click.echo(f"written to {options.output}", err=True)
