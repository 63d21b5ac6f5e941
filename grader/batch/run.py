"""The steps of a batch: read, prepare, grade, record; each piece of work is committed as it finishes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from ..gradebook.book import Gradebook
from ..gradebook.records import Graded, Person, SeenAgain, Work
from . import work
from .executor import Farm
from .intake import HandIn, Intake
from .jobs import Job, Jobs, needs_gpu
from .prepare import Wanted, WorkUnit, prepare
from .problems import Kind, Problem

CHUNK = 24  # hand-ins that are parsed together


@dataclass
class _BatchJob(Job):
    """A unit to grade, or hand-ins to prepare."""

    unit: WorkUnit | None
    hand_ins: list[HandIn] = field(default_factory=list)

    @property
    def people(self) -> list[str]:
        """Whose work it is."""
        owners = [self.unit.people] if self.unit else [h.people for h in self.hand_ins]
        return [p.key for people in owners for p in people]

    @property
    def exercise(self) -> str:
        """The unit's."""
        return self.unit.exercise if self.unit else ""


@dataclass(frozen=True)
class BatchPlan:
    """A batch's assignment and run in the gradebook, how to grade, and what of what is handed in."""

    assignment: str
    run: str
    options: work.GradingOptions
    wanted: Wanted


class Batch(Jobs[_BatchJob]):
    """One run over a download."""

    def __init__(
        self,
        intake: Intake,
        book: Gradebook,
        plan: BatchPlan,
        farm: Farm,
        *,
        ensure: Callable[[str], None],
        keep_pages: Callable[[Person, str, work.Outcome], None] = lambda *_: None,
    ):
        super().__init__(book, farm, plan.assignment, plan.run)
        self.intake, self.plan = intake, plan
        self._ensure, self._keep_pages = ensure, keep_pages
        self.problems = intake.problems
        self._seen: list[SeenAgain] = []
        self._done: set[tuple[str, str, str, str]] = set()
        self._shared: list[WorkUnit] = []  # of groups: they wait until it is known who has work of their own
        self._own: set[tuple[str, str]] = set()  # (student, exercise)
        self._chunks = self._chunked()

    def run(self, step: Callable[[Jobs[Any]], None] = lambda _: None) -> None:
        """Grade what this run has not graded yet; also write down what was handed in again."""
        self._done = self.book.done(self.plan.assignment, self.plan.run)
        self.total = self.intake.count
        super().run(step)
        self.book.seen_again(self.plan.assignment, self._seen)

    # ---------------------------------------------------------------- out

    def _chunked(self) -> Iterator[_BatchJob]:
        hand_ins = self.intake.hand_ins()
        while chunk := list(itertools.islice(hand_ins, CHUNK)):
            for hand_in in chunk:
                if hand_in.fault:
                    self._give_up(_BatchJob(None, [hand_in], tries=1, reasons=[hand_in.fault]))
            if sound := [h for h in chunk if not h.fault]:
                yield _BatchJob(None, sound)

    def _more(self) -> _BatchJob | None:
        return next(self._chunks, None) or self._of_a_group()

    def _of_a_group(self) -> _BatchJob | None:
        """Work of a group, for whom of it has no own work for the exercise, when everything has been prepared."""
        if any(job.unit is None for job in self._flying.values()):
            return None
        shared, self._shared = self._shared, []
        for unit in shared:
            own = [p for p in unit.people if (p.key, unit.exercise) in self._own]
            self.problems += [Problem(Kind.OWN, unit.name, f"not for {p.key}", p.key) for p in own]
            self._queue([replace(unit, people=tuple(p for p in unit.people if p not in own))])
        return self._ready.popleft() if self._ready else None

    def _submit(self, job: _BatchJob) -> Future[Any]:
        if job.unit is not None:
            return self.farm.submit(work.grade_unit, job.unit, self.plan.options, gpu=needs_gpu(job.unit.exercise))
        return self.farm.submit(prepare, job.hand_ins, self.plan.wanted)

    # ---------------------------------------------------------------- back

    def _landed(self, job: _BatchJob, answer: Any) -> None:
        if job.unit is not None:
            self._graded(job, answer)
            return
        for hand_in, found in zip(job.hand_ins, answer, strict=True):
            with self._apart(_BatchJob(None, [hand_in])):
                self._prepared(*found)

    def _parts(self, job: _BatchJob) -> list[_BatchJob]:
        if job.unit is not None:
            return [job]
        return [_BatchJob(None, [h], tries=job.tries, reasons=job.reasons) for h in job.hand_ins]

    def _exercise(self, job: _BatchJob) -> str:
        return job.exercise or self.plan.wanted.slug or ""

    def _prepared(self, units: list[WorkUnit], problems: list[Problem]) -> None:
        self.problems += problems
        self.total += len(units) - 1
        shared = [unit for unit in units if len(unit.people) > 1]
        self._shared += shared
        self._own |= {(p.key, unit.exercise) for unit in units if unit not in shared for p in unit.people}
        self._queue([unit for unit in units if unit not in shared])

    def _queue(self, units: list[WorkUnit]) -> None:
        done = [self._is_done(unit) for unit in units]
        known = list(itertools.compress(units, done))
        self._seen += [
            SeenAgain(p.key, unit.exercise, Work.of(unit.submission).digest, unit.submitted)
            for unit in known
            for p in unit.people
        ]
        self.counts.known += len(known)
        self.finished += len(known)
        self._to_grade([unit for unit, there in zip(units, done, strict=True) if not there])

    def _to_grade(self, units: list[WorkUnit]) -> None:
        self._ready += map(_BatchJob, units)

    def _is_done(self, unit: WorkUnit) -> bool:
        digest = Work.of(unit.submission).digest
        return all((p.key, unit.exercise, digest, "") in self._done for p in unit.people)

    def _gradings(self, job: _BatchJob, outcome: work.Outcome) -> list[Graded]:
        """Write the pages first: a grading in the gradebook means that all is done."""
        unit = job.unit
        assert unit is not None
        self._ensure(unit.exercise)
        for person in unit.people:
            self._keep_pages(person, unit.exercise, outcome)
        return [self._grading(person, unit, outcome) for person in unit.people]

    def _grading(self, person: Person, unit: WorkUnit, outcome: work.Outcome) -> Graded:
        return Graded(
            self.plan.assignment,
            person.key,
            Work.of(unit.submission),
            outcome.result,
            self.plan.run,
            unit.submitted,
            environment=outcome.environment,
            timing=self.plan.options.timing,
            edition=outcome.edition,
        )
