"""How far a batch is: a bar in a terminal, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from .run import Batch


@contextmanager
def progress(console: Console) -> Iterator[Callable[[Batch], None]]:
    """A function to call after each step of a batch."""
    if not console.is_terminal:
        yield lambda _batch: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("grading", total=None, counts="")

        def step(batch: Batch) -> None:
            bar.update(task, total=batch.total, completed=batch.finished, counts=_counts(batch))

        yield step


def _counts(batch: Batch) -> str:
    counts = batch.counts
    parts = [f"{counts.full} full marks", f"{counts.graded - counts.full} less"]
    parts += [f"{counts.known} known"] if counts.known else []
    parts += [f"[yellow]{counts.again} again[/]"] if counts.again else []
    parts += [f"[red]{counts.failed} not graded[/]"] if counts.failed else []
    return " · ".join(parts)
