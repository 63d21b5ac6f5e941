"""A regrade: the sources that the gradebook keeps, graded again by the same workers as a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from ..gradebook.book import Gradebook
from ..gradebook.queries import Stored
from ..gradebook.records import Graded
from . import work
from .executor import Farm
from .jobs import Job, Jobs, needs_gpu


@dataclass
class _KeptJob(Job):
    """An attempt to grade again."""

    kept: Stored

    @property
    def people(self) -> tuple[str, ...]:
        """Whose it was when the regrade began."""
        return (self.kept.student,)

    @property
    def exercise(self) -> str:
        """The attempt's."""
        return self.kept.exercise


class Regrade(Jobs[_KeptJob]):
    """Grades each attempt as `order` says; `keep` takes gradings as they come. A `dry_run` writes nothing itself."""

    def __init__(
        self,
        book: Gradebook,
        farm: Farm,
        assignment: str,
        run: str,
        waiting: Iterable[Stored],
        *,
        order: Callable[[Stored], work.GradingOptions],
        keep: Callable[[Sequence[Graded]], object],
        dry_run: bool = False,
    ):
        super().__init__(book, farm, assignment, run)
        self._ready.extend(_KeptJob(kept) for kept in waiting)
        self.total = len(self._ready)
        self._order, self._take, self._dry_run = order, keep, dry_run

    def _more(self) -> None:
        return None

    def _submit(self, job: _KeptJob) -> Future[Any]:
        kept = job.kept
        source, options = self.book.work(kept.source), self._order(kept)
        gpu = needs_gpu(kept.exercise)
        return self.farm.submit(work.grade_kept, kept.file, source, kept.exercise, options, gpu=gpu)

    def _landed(self, job: _KeptJob, answer: work.Outcome) -> None:
        self._graded(job, answer)

    def _gradings(self, job: _KeptJob, outcome: work.Outcome) -> list[Graded]:
        kept = job.kept
        return [
            Graded(
                self._assignment,
                kept.student,
                self.book.work(kept.source),
                outcome.result,
                self._run,
                label=kept.label,
                environment=outcome.environment,
                timing=self._order(kept).timing,
                attempt=kept.attempt,
                edition=outcome.edition,
            )
        ]

    def _keep(self, gradings: Sequence[Graded]) -> None:
        self._take(gradings)

    def _incident(self, student: str, exercise: str, text: str) -> None:
        if not self._dry_run:
            super()._incident(student, exercise, text)
