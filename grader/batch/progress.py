"""How far a batch or a regrade is: a bar in a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from .jobs import Jobs


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Jobs[Any]], None]]:
    """A function to call after each round of results."""
    if not console.is_terminal:
        yield lambda _jobs: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("grading", total=None, counts="")

        def step(jobs: Jobs[Any]) -> None:
            bar.update(task, total=jobs.total, completed=jobs.finished, counts=_counts(jobs))

        yield step


def _counts(jobs: Jobs[Any]) -> str:
    counts = jobs.counts
    parts = [f"{counts.full} full marks", f"{counts.graded - counts.full} less"]
    parts += [f"{counts.known} known"] if counts.known else []
    parts += [f"[yellow]{counts.again} again[/]"] if counts.again else []
    parts += [f"[red]{counts.failed} not graded[/]"] if counts.failed else []
    return " · ".join(parts)
