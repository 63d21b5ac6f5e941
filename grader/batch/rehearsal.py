"""`--dry-run`: a batch that reads everything and grades nothing, and what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..gradebook.records import Plan
from ..gradebook.words import counted
from .prepare import WorkUnit
from .problems import by_weight
from .run import Batch
from .summary import show_problems

if TYPE_CHECKING:
    from rich.console import Console

ALL = 1_000_000  # lines


class Rehearsal(Batch):
    """`waiting` is what would be graded, once it has run."""

    def __init__(self, *args: Any, **options: Any):
        super().__init__(*args, **options)
        self.waiting: list[WorkUnit] = []

    def _to_grade(self, units: list[WorkUnit]) -> None:
        self.waiting += units
        self.finished += len(units)


def show_rehearsal(batch: Rehearsal, plan: Plan, console: Console) -> None:
    """What would be graded, and everything that is odd, heaviest first."""
    from rich.text import Text

    known = f", {batch.counts.known} graded before" if batch.counts.known else ""
    found = f"{counted(batch.intake.count, 'hand-in')} ({batch.intake.platform})"
    console.print(Text(f"{plan.name}: dry run, nothing is graded or written", "bold"))
    console.print(f"{found}: {len(batch.waiting)} to grade{known}{_listed(Counter(u.exercise for u in batch.waiting))}")
    late = sum(unit.submitted.at is None for unit in batch.waiting)
    if plan.deadline is not None and late:
        console.print(Text(f"time of handing in not known for {late}: nothing would be taken off", "yellow"))
    show_problems(by_weight(batch.problems), console, ALL)


def _listed(counts: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{slug} {count}' for slug, count in sorted(counts.items()))})" if counts else ""
