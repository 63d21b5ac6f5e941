"""How far a batch or a regrade is: a bar in a terminal, a line a minute elsewhere, or lines of JSON for scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from .jobs import Jobs

Step = Callable[["Jobs[Any]"], None]
MINUTE, SECOND = 60.0, 1.0


@contextmanager
def progress(console: Console, as_json: bool = False) -> Iterator[Step]:
    """A function to call after each round of results; what it tells of is in the gradebook."""
    if as_json:
        yield _lines(console, SECOND, _as_json, at_the_end=True)
    elif not console.is_terminal:
        yield _lines(console, MINUTE, _line)
    else:
        yield from _bar(console)


def _bar(console: Console) -> Iterator[Step]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("grading", total=None, counts="")

        def step(jobs: Jobs[Any]) -> None:
            bar.update(task, total=jobs.total, completed=jobs.finished, counts=_counts(jobs, colour=True))

        yield step


def _lines(
    console: Console, pause: float, text: Callable[[Jobs[Any], float], str], *, at_the_end: bool = False
) -> Step:
    """A line after each pause, if there is news; and for the last result, if asked for."""
    started = told = time.monotonic()
    last = ""

    def step(jobs: Jobs[Any]) -> None:
        nonlocal told, last
        now = time.monotonic()
        if now - told >= pause or (at_the_end and jobs.finished == jobs.total):
            if (state := _counts(jobs) + str(jobs.finished)) != last or pause == MINUTE:
                console.print(text(jobs, now - started), soft_wrap=True, markup=False, highlight=False)
            told, last = now, state

    return step


def _line(jobs: Jobs[Any], seconds: float) -> str:
    return f"grade: {jobs.finished} of {jobs.total} after {seconds / 60:.0f} min: {_counts(jobs)}"


def _as_json(jobs: Jobs[Any], seconds: float) -> str:
    """`finished` of `total` pieces of work: graded now, known from an earlier run, or failed."""
    counts = jobs.counts
    told = {"finished": jobs.finished, "total": jobs.total, "graded": counts.graded, "full_marks": counts.full}
    told |= {"known": counts.known, "again": counts.again, "failed": counts.failed}
    return json.dumps(told | {"seconds": round(seconds, 1)})


def _counts(jobs: Jobs[Any], *, colour: bool = False) -> str:
    counts = jobs.counts
    parts = [f"{counts.full} full marks", f"{counts.graded - counts.full} less"]
    parts += [f"{counts.known} known"] if counts.known else []
    for style, number, word in (("yellow", counts.again, "again"), ("red", counts.failed, "not graded")):
        if number:
            parts.append(f"[{style}]{number} {word}[/]" if colour else f"{number} {word}")
    return " · ".join(parts)
