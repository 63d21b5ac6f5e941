"""The steps of a batch: read, prepare, grade, record; each piece of work is committed as it finishes.

This process alone writes the gradebook, and keeps few jobs in flight. A job whose process dies, or whose result has an
error of the grader's own, is tried again a few times in a new process; after the last try it is reported, not graded.
An error that one hand-in causes in this process is reported too, and the others are graded; only a database, a disk or
workers that fail end a batch.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from typing import Any

from ..clean import clean
from ..errors import NotInstalled
from ..exercise import load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.records import EntryError, GradebookError, Graded, Person, SeenAgain, Work
from ..model import Result
from ..model.findings import Fault
from ..sandbox.order import IsolationError
from ..startup import loaded
from . import work
from .executor import Farm, FarmError
from .intake import HandIn, Intake
from .local import WorkerLost
from .pages import PagesError
from .prepare import Wanted, WorkUnit, prepare
from .problems import Kind, Problem, reason

TRIES = 3
IN_A_ROW = 24  # jobs lost with none graded in between: the fault is not in the submissions
CHUNK = 24  # hand-ins that are parsed together
PATIENCE = 5.0  # seconds between two checks that the workers are still there


@dataclass
class Counts:
    """Results so far."""

    graded: int = 0
    full: int = 0
    known: int = 0  # graded in an earlier run of the same batch
    failed: int = 0  # the grader's own error, after the last try
    again: int = 0  # jobs that were tried again
    points: list[float] = field(default_factory=list)  # shares of the points possible
    layers: dict[str, int] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        """Count one that was graded now."""
        self.graded += 1
        self.full += result.full_marks
        self.points.append(result.score / result.max_score if result.max_score else 0.0)
        self.layers[result.isolation] = self.layers.get(result.isolation, 0) + 1


@dataclass
class _Job:
    """A unit to grade, or hand-ins to prepare; how often it was tried, and why each try failed."""

    unit: WorkUnit | None
    hand_ins: list[HandIn] = field(default_factory=list)
    tries: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def people(self) -> list[str]:
        """Whose work it is."""
        owners = [self.unit.people] if self.unit else [h.people for h in self.hand_ins]
        return [p.key for people in owners for p in people]


@dataclass(frozen=True)
class BatchPlan:
    """A batch's assignment and run in the gradebook, how to grade, and what of what is handed in."""

    assignment: str
    run: str
    options: work.GradingOptions
    wanted: Wanted


class Batch:
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
        self.intake, self.book, self.plan, self.farm = intake, book, plan, farm
        self._ensure, self._keep_pages = ensure, keep_pages
        self.counts = Counts()
        self.problems = intake.problems
        self.total = 0  # pieces of work, as far as they are known
        self.finished = 0
        self._ready: deque[_Job] = deque()
        self._flying: dict[Future[Any], _Job] = {}
        self._lost_in_a_row = 0
        self._seen: list[SeenAgain] = []
        self._done: set[tuple[str, str, str, str]] = set()
        self._shared: list[WorkUnit] = []  # of groups: they wait until it is known who has work of their own
        self._own: set[tuple[str, str]] = set()  # (student, exercise)
        self._chunks = self._chunked()

    def run(self, step: Callable[[Batch], None] = lambda _: None) -> None:
        """Do all of it; `step` is called after each round of results.

        Raises GradebookError, PagesError, IsolationError and FarmError.
        """
        self._done = self.book.done(self.plan.assignment, self.plan.run)
        self.total = self.intake.count
        loaded()
        while self._fill():
            landed, _ = wait(self._flying, PATIENCE, FIRST_COMPLETED)
            for future in landed:
                self._land(self._flying.pop(future), future)
            if not landed:
                self.farm.check()
            step(self)
        self.book.seen_again(self.plan.assignment, self._seen)

    # ---------------------------------------------------------------- out

    def _chunked(self) -> Iterator[_Job]:
        hand_ins = self.intake.hand_ins()
        while chunk := list(itertools.islice(hand_ins, CHUNK)):
            for hand_in in chunk:
                if hand_in.fault:
                    self._give_up(_Job(None, [hand_in], 1, [hand_in.fault]))
            if sound := [h for h in chunk if not h.fault]:
                yield _Job(None, sound)

    def _fill(self) -> bool:
        """Submit jobs until twice as many are in flight as the workers do at a time. False: there are none left."""
        while len(self._flying) < 2 * self.farm.width():
            job = self._ready.popleft() if self._ready else next(self._chunks, None) or self._of_a_group()
            if job is None:
                break
            self._flying[self._submit(job)] = job
        return bool(self._flying)

    def _of_a_group(self) -> _Job | None:
        """Work of a group, for whom of it has no own work for the exercise, when everything has been prepared."""
        if any(job.unit is None for job in self._flying.values()):
            return None
        shared, self._shared = self._shared, []
        for unit in shared:
            own = [p for p in unit.people if (p.key, unit.exercise) in self._own]
            self.problems += [Problem(Kind.OWN, unit.name, f"not for {p.key}", p.key) for p in own]
            self._queue([replace(unit, people=tuple(p for p in unit.people if p not in own))])
        return self._ready.popleft() if self._ready else None

    def _submit(self, job: _Job) -> Future[Any]:
        if job.unit is not None:
            return self.farm.submit(work.grade_unit, job.unit, self.plan.options, gpu=needs_gpu(job.unit.exercise))
        return self.farm.submit(prepare, job.hand_ins, self.plan.wanted)

    # ---------------------------------------------------------------- back

    def _land(self, job: _Job, future: Future[Any]) -> None:
        try:
            answer = future.result()
        except (IsolationError, NotInstalled, FarmError):
            raise
        except (Exception, CancelledError) as error:
            self._again(job, _reason(error))
            return
        if job.unit is None:
            for hand_in, found in zip(job.hand_ins, answer, strict=True):
                with self._apart(_Job(None, [hand_in])):
                    self._prepared(*found)
            return
        self._lost_in_a_row = 0
        if answer.result.internal_error and job.tries + 1 < TRIES:
            self._again(job, _error_line(answer.result))
        else:
            with self._apart(job):
                self._record(job.unit, answer)

    @contextlib.contextmanager
    def _apart(self, job: _Job) -> Iterator[None]:
        """Report an error that concerns one job; raise one that concerns all of them."""
        try:
            yield
        except (GradebookError, PagesError, IsolationError, FarmError) as error:
            if not isinstance(error, EntryError):
                raise
            self._give_up(replace(job, tries=1, reasons=[str(error)]))
        except Exception as error:
            self._give_up(replace(job, tries=1, reasons=[reason(error)]))

    def _again(self, job: _Job, reason: str) -> None:
        """Try again, each hand-in alone; after the last try, report it."""
        self._lost_in_a_row += job.unit is None or job.tries == 0  # retries come last, all together: they do not count
        if self._lost_in_a_row >= IN_A_ROW:
            self.farm.check()
            raise FarmError(f"{IN_A_ROW} jobs in a row were lost, the last one so: {reason}")
        alone = [job] if job.unit is not None else [_Job(None, [h], job.tries, job.reasons) for h in job.hand_ins]
        for one in alone:
            one.tries, one.reasons = one.tries + 1, [*one.reasons, reason]
            if one.tries < TRIES:
                self.counts.again += 1
                self._ready.append(one)
            else:
                self._give_up(one)

    def _give_up(self, job: _Job) -> None:
        """Record no grading, but an incident in the gradebook and a problem for the instructor."""
        exercise = job.unit.exercise if job.unit else (self.plan.wanted.slug or "")
        text = (f"tried {job.tries} times: " if job.tries > 1 else "") + job.reasons[-1]
        self.counts.failed += 1
        self.finished += 1
        for key in job.people:
            self.book.incident(self.plan.assignment, key, exercise, self.plan.run, text)
            self.problems.append(Problem(Kind.OURS, f"{key}: {exercise}", clean(text, 500), key))

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
        waiting = [_Job(unit) for unit, there in zip(units, done, strict=True) if not there]
        self._seen += [
            SeenAgain(p.key, unit.exercise, Work.of(unit.submission).digest, unit.submitted)
            for unit in known
            for p in unit.people
        ]
        self.counts.known += len(known)
        self.finished += len(known)
        self._ready += waiting

    def _is_done(self, unit: WorkUnit) -> bool:
        digest = Work.of(unit.submission).digest
        return all((p.key, unit.exercise, digest, "") in self._done for p in unit.people)

    def _record(self, unit: WorkUnit, outcome: work.Outcome) -> None:
        """Write the pages first: a grading in the gradebook means that all is done."""
        result = outcome.result
        self._ensure(unit.exercise)
        for person in unit.people:
            self._keep_pages(person, unit.exercise, outcome)
            self.book.record(
                Graded(
                    self.plan.assignment,
                    person.key,
                    Work.of(unit.submission),
                    result,
                    self.plan.run,
                    unit.submitted,
                    environment=outcome.environment,
                    timing=self.plan.options.timing,
                )
            )
            if result.internal_error:
                text = _error_line(result)
                self.book.incident(self.plan.assignment, person.key, unit.exercise, self.plan.run, text)
                self.problems.append(Problem(Kind.OURS, f"{person.key}: {unit.exercise}", clean(text, 500), person.key))
        self.counts.failed += result.internal_error
        self.counts.add(result)
        self.finished += 1


@functools.cache
def needs_gpu(slug: str) -> bool:
    """Whether an exercise has checks that only a GPU can make."""
    return any(check.device == "cuda" for check in load_exercise(slug).checks)


def _reason(error: BaseException) -> str:
    if isinstance(error, WorkerLost):
        return str(error)
    if isinstance(error, CancelledError):
        return "its worker was lost"
    return reason(error)


def _error_line(result: Result) -> str:
    """For people: the last line of the first internal error, where a traceback names the exception."""
    traces = [f.trace for c in result.checks for f in c.findings if isinstance(f, Fault) and f.trace]
    return traces[0].strip().splitlines()[-1] if traces else "an error of the grader's own"
