"""`grade bench`: time one file's functions and print bars."""

from __future__ import annotations

from ...errors import FULL, OURS, GraderError
from ...exercise import Exercise, load_exercise
from ...judge.grade import grade
from ...model import CheckResult, Result
from ...report.layout import TextLine, line, print_lines
from ...report.message import message
from ...report.reasons import reason
from ...report.speed import bars, roofline
from ...submission.load import find_exercises, load
from ...timing.presence import no_gpu
from .output import printable

WIDTH = 30  # characters of the longest bar


def show_speed(file: str, slug: str | None, device: str | None) -> int:
    """Print what the file's timing and memory checks measured; returns the exit code."""
    if device == "cuda" and (problem := no_gpu()):
        raise GraderError(f"--device cuda: {reason(problem)}")
    submission = load(file)
    exercises = [load_exercise(slug)] if slug else find_exercises(submission)
    timed = {e.slug: names for e in exercises if (names := _timed(e, device))}
    chosen = [e for e in exercises if e.slug in timed]
    results = [grade(submission, e, pictures=True, device=device or "auto") for e in chosen]
    if not results:
        raise GraderError("nothing in this file is timed")
    for result in results:
        print_lines(_lines(result, timed[result.exercise]))
    return OURS if any(r.internal_error for r in results) else FULL


def _timed(exercise: Exercise, device: str | None) -> set[str]:
    """Name its checks of time and memory; with `device`, only those on it."""
    return {c.name for c in exercise.checks if c.kind != "correctness" and device in (None, c.device)}


def _lines(result: Result, timed: set[str]) -> list[TextLine]:
    lines = [TextLine(((result.title, "bold"), (f"  {printable(result.file)}", "dim"))), TextLine()]
    for check in result.checks:
        if check.name in timed:
            lines += _measured(check)
    return lines


def _measured(check: CheckResult) -> list[TextLine]:
    lines = [line(check.title, "bold"), line(message(check), "", 2)]
    found = check.measurement
    rows = bars(found) if found else []
    name = max((len(bar.name) for bar in rows), default=0)
    for bar in rows:
        lines.append(line(f"{bar.name:<{name}}  {'█' * max(1, round(WIDTH * bar.width / 100))} {bar.time}", "", 2))
    if found and found.roofline:
        lines.append(line(roofline(found.roofline).caption, "dim", 2))
    return [*lines, TextLine()]
