"""Progress and the next step in the terminal."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..clean import clean
from ..report.layout import TextLine, line
from .history import Try
from .progress import ExerciseProgress, NextStep, Returned, WhyNext

MOST_SCORES = 6  # of a trend
DONE, OPEN = ("✓ ", "green"), ("  ", "")


def progress_lines(found: Sequence[ExerciseProgress], again: Sequence[Returned]) -> Iterator[TextLine]:
    """`grade progress`: each exercise in the chapter's order, then the mistakes that came back."""
    done = sum(p.done for p in found)
    begun = sum(bool(p.tries) for p in found)
    yield TextLine(((f"{done} of {len(found)} exercises done", "bold"), (f", {begun - done} begun", "")))
    yield TextLine()
    width = max(len(p.exercise.slug) for p in found) + 4
    for one in found:
        name = (f"{one.exercise.slug:{width - 2}}", "bold" if one.tries else "dim")
        yield TextLine(_standing(one), width, (DONE if one.done else OPEN, name))
    yield from _again_lines(again)


def footer_lines(where: Path) -> Iterator[TextLine]:
    """What comes below all progress: where to go on, and where it is remembered."""
    yield TextLine()
    yield line("What to do now: grade next", "dim")
    yield line(f"Remembered in {_path(where)}", "dim")


def _standing(one: ExerciseProgress) -> tuple[tuple[str, str], ...]:
    best = one.best
    if best is None:
        return (("not begun", "dim"),)
    tries = "1 try" if len(one.tries) == 1 else f"{len(one.tries)} tries"
    trend = one.trend
    scores = " → ".join([*(["…"] if len(trend) > MOST_SCORES else []), *(f"{s:g}" for s in trend[-MOST_SCORES:])])
    points = f"{best.score:g} of {best.possible:g}"
    return ((f"{points:11}", "green" if one.done else "yellow"), (f"{tries:10}", ""), (scores, "dim"))


def _again_lines(again: Sequence[Returned]) -> Iterator[TextLine]:
    if not again:
        return
    yield TextLine()
    yield line("Mistakes that came back", "bold")
    for one in again:
        where = ", ".join(one.exercises)
        yield TextLine(((clean(one.title, 200), "yellow"), (f"  in {where}, made {one.times} times", "")), 4)


def next_lines(step: NextStep) -> Iterator[TextLine]:
    """`grade next`: what to do now, why, and the command for it."""
    if step.progress is None:
        yield from _all_done()
        return
    exercise = step.progress.exercise
    verb = "Begin" if step.reason in (WhyNext.FIRST, WhyNext.NEXT) else "Go on with"
    yield TextLine(((f"{verb} {exercise.slug}", "bold"), (f"  {exercise.title}", "")))
    yield TextLine()
    yield line(why(step.reason, step.progress), indent=2)
    yield TextLine()
    yield from (line(command, "cyan", 2) for command in _commands(step.reason, step.progress))


def why(reason: WhyNext, one: ExerciseProgress) -> str:
    level = f"{one.exercise.points:g} points, {one.exercise.level}"
    if reason is WhyNext.FIRST:
        return f"It is the chapter's first exercise ({level})."
    if reason is WhyNext.NEXT:
        return f"All that you began is done, and this is next in the chapter ({level})."
    last, best = one.tries[-1], one.best
    assert best is not None
    when = "You tried it last" if reason is not WhyNext.BEGUN else "You began it and have not finished it"
    said = f"{when}: {last.score:g} of {last.possible:g} points"
    said += f", {best.score:g} at best." if best.score > last.score else "."
    if last.headline:
        said += f" What costs most: {_sentence(clean(last.headline, 300))}"
    if reason is WhyNext.STUCK:
        said += " The last attempts brought nothing new: look for the line."
    return said


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _commands(reason: WhyNext, one: ExerciseProgress) -> list[str]:
    if reason in (WhyNext.FIRST, WhyNext.NEXT):
        return [f"grade start {one.exercise.slug}"]
    if not one.tries[-1].file:
        return [f"%grade {one.exercise.slug}    in a cell of your notebook"]
    file = shlex.quote(clean(_file(one.tries[-1]), 300))
    explain = [f"grade explain {file}"] if reason is WhyNext.STUCK else []
    return [*explain, f"grade submit {file}"]


def _file(t: Try) -> str:
    """The file as it is named from here."""
    inside = Path(t.file).is_relative_to(Path.cwd())
    return os.path.relpath(t.file) if inside else t.file


def _all_done() -> Iterator[TextLine]:
    yield line("All exercises are done.", "bold")
    yield TextLine()
    yield line("What is left are words and exams: free-text tasks are in `grade list`.", indent=2)
    yield TextLine()
    yield line("grade quiz take --exam --blueprint gate-cnn", "cyan", 2)


def _path(path: Path) -> str:
    """Shortened by the home folder."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
