"""Jobs on their way to the workers and back: what a batch and a regrade have in common.

This process alone writes the gradebook, gradings that come at the same time together, and keeps few jobs in flight. A
job whose process dies, or whose result has an error of the grader's own, is tried again a few times in a new process;
after the last try it is reported, not graded.
An error that one job causes in this process is reported too, and the others are done; only a database, a disk or
workers that fail end it all.
"""

from __future__ import annotations

import contextlib
import functools
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from ..clean import clean
from ..errors import NotInstalled
from ..exercise import load_exercise
from ..gradebook.book import Gradebook
from ..gradebook.records import EntryError, GradebookError, Graded
from ..model import Result
from ..model.findings import Fault
from ..sandbox.order import IsolationError
from ..startup import loaded
from .executor import Farm, FarmError
from .local import WorkerLost
from .pages import PagesError
from .problems import Kind, Problem, reason
from .work import Outcome

TRIES = 3
IN_A_ROW = 24  # jobs lost with none graded in between: the fault is not in the submissions
GROUP, AT_MOST = 50, 0.1  # gradings that are committed together; seconds that one waits for others
PATIENCE = 1.0  # seconds between two checks that the workers are still there


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
        self.failed += result.internal_error
        self.points.append(result.score / result.max_score if result.max_score else 0.0)
        self.layers[result.isolation] = self.layers.get(result.isolation, 0) + 1


@dataclass(kw_only=True)
class Job(ABC):
    """Something for a worker to do; how often it was tried, and why each try failed."""

    tries: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    @abstractmethod
    def people(self) -> Sequence[str]:
        """Whose work it is, by key."""

    @property
    @abstractmethod
    def exercise(self) -> str:
        """The exercise that is graded; nothing where that is not known yet."""


AnyJob = TypeVar("AnyJob", bound=Job)


class Jobs(ABC, Generic[AnyJob]):
    """All the jobs of one `run` over an assignment."""

    def __init__(self, book: Gradebook, farm: Farm, assignment: str, run: str):
        self.book, self.farm = book, farm
        self._assignment, self._run = assignment, run
        self.counts = Counts()
        self.problems: list[Problem] = []
        self.total = 0  # pieces of work, as far as they are known
        self.finished = 0
        self._ready: deque[AnyJob] = deque()
        self._flying: dict[Future[Any], AnyJob] = {}
        self._lost_in_a_row = 0
        self._uncommitted: list[tuple[AnyJob, Outcome]] = []
        self._oldest = 0.0  # when the first of them came
        self._checked, self._turns = time.monotonic(), farm.turns()

    def run(self, step: Callable[[Jobs[Any]], None] = lambda _: None) -> None:
        """Do all of them; `step` is called after each round of results.

        Raises GradebookError, PagesError, IsolationError and FarmError.
        """
        loaded()
        try:
            while self._fill():
                landed, _ = wait(self._flying, AT_MOST if self._uncommitted else PATIENCE, FIRST_COMPLETED)
                for future in landed:
                    self._land(self._flying.pop(future), future)
                self._commit_if_due()
                self._check()
                step(self)
        finally:
            self._commit()
        step(self)

    def _check(self) -> None:
        """Now and then: are there workers? Those that came after there had been none get all that waited for them."""
        if time.monotonic() - self._checked < PATIENCE:
            return
        self.farm.check()
        self._checked = time.monotonic()
        if self.farm.turns() != self._turns:
            self._turns = self.farm.turns()
            waiting = {future: job for future, job in self._flying.items() if future.cancel()}
            self._flying = {future: job for future, job in self._flying.items() if future not in waiting}
            self._ready.extendleft(waiting.values())

    # ---------------------------------------------------------------- out

    @abstractmethod
    def _more(self) -> AnyJob | None:
        """Another job, when none is ready; None while there is none."""

    @abstractmethod
    def _submit(self, job: AnyJob) -> Future[Any]:
        """Give the job to a worker."""

    def _fill(self) -> bool:
        """Submit jobs until twice as many are in flight as the workers do at a time. False: there are none left."""
        while len(self._flying) < 2 * self.farm.width():
            job = self._ready.popleft() if self._ready else self._more()
            if job is None:
                break
            self._flying[self._submit(job)] = job
        return bool(self._flying)

    # ---------------------------------------------------------------- back

    @abstractmethod
    def _landed(self, job: AnyJob, answer: Any) -> None:
        """Take what a worker made of the job."""

    @abstractmethod
    def _gradings(self, job: AnyJob, outcome: Outcome) -> list[Graded]:
        """What is to be kept of a grading in the gradebook; all else that is kept of it, is by then."""

    def _keep(self, gradings: Sequence[Graded]) -> None:
        """Commit gradings, all or none."""
        self.book.record_all(gradings)

    def _parts(self, job: AnyJob) -> Sequence[AnyJob]:
        """The job as several that can fail alone."""
        return [job]

    def _land(self, job: AnyJob, future: Future[Any]) -> None:
        try:
            answer = future.result()
        except (IsolationError, NotInstalled, FarmError):
            raise
        except (Exception, CancelledError) as error:
            self.farm.check()
            self._again(job, _reason(error))
        else:
            self._landed(job, answer)

    def _graded(self, job: AnyJob, outcome: Outcome) -> None:
        """Keep what is sound, or was tried often enough."""
        self._lost_in_a_row = 0
        if outcome.result.internal_error and job.tries + 1 < TRIES:
            self._again(job, _error_line(outcome.result))
            return
        self._oldest = self._oldest if self._uncommitted else time.monotonic()
        self._uncommitted.append((job, outcome))
        self._commit_if_due()

    def _commit_if_due(self) -> None:
        waited = time.monotonic() - self._oldest
        if len(self._uncommitted) >= GROUP or (self._uncommitted and waited >= AT_MOST):
            self._commit()

    def _commit(self) -> None:
        """Keep what waits, together; where that is refused, one by one, as one grading costs no other."""
        group, self._uncommitted = self._uncommitted, []
        made = {}
        for number, (job, outcome) in enumerate(group):
            with self._apart(job):
                made[number] = self._gradings(job, outcome)
        refused = not self._kept_together([one for gradings in made.values() for one in gradings])
        for number, gradings in made.items():
            job, outcome = group[number]
            with self._apart(job):
                if refused:
                    self._keep(gradings)
                self._kept(job, outcome.result)

    def _kept_together(self, gradings: list[Graded]) -> bool:
        """Commit them; False if one of them cannot be kept, whichever it is. Raises what concerns all of them."""
        try:
            self._keep(gradings)
        except GradebookError as error:
            if not isinstance(error, EntryError):
                raise
            return False
        except Exception:
            return False
        return True

    def _kept(self, job: AnyJob, result: Result) -> None:
        """It is in the gradebook: count it."""
        if result.internal_error:
            self._report(job, _error_line(result))
        self.counts.add(result)
        self.finished += 1

    @contextlib.contextmanager
    def _apart(self, job: AnyJob) -> Iterator[None]:
        """Report an error that concerns one job; raise one that concerns all of them."""
        try:
            yield
        except (GradebookError, PagesError, IsolationError, FarmError) as error:
            if not isinstance(error, EntryError):
                raise
            self._give_up(replace(job, tries=1, reasons=[str(error)]))
        except Exception as error:
            self._give_up(replace(job, tries=1, reasons=[reason(error)]))

    def _again(self, job: AnyJob, reason: str) -> None:
        """Try again, each part alone; after the last try, report it."""
        self._lost_in_a_row += not job.exercise or job.tries == 0  # retries come last, all together: they do not count
        if self._lost_in_a_row >= IN_A_ROW:
            raise FarmError(f"{IN_A_ROW} jobs in a row were lost, the last one so: {reason}")
        for one in self._parts(job):
            one.tries, one.reasons = one.tries + 1, [*one.reasons, reason]
            if one.tries < TRIES:
                self.counts.again += 1
                self._ready.append(one)
            else:
                self._give_up(one)

    def _give_up(self, job: AnyJob) -> None:
        """Record no grading: report why."""
        self.counts.failed += 1
        self.finished += 1
        self._report(job, (f"tried {job.tries} times: " if job.tries > 1 else "") + job.reasons[-1])

    def _report(self, job: AnyJob, text: str) -> None:
        """An incident in the gradebook and a problem for the instructor, for each whose work it is."""
        exercise = self._exercise(job)
        for key in job.people:
            self._incident(key, exercise, text)
            self.problems.append(Problem(Kind.OURS, f"{key}: {exercise}", clean(text, 500), key))

    def _exercise(self, job: AnyJob) -> str:
        """Which exercise the grader failed on."""
        return job.exercise

    def _incident(self, student: str, exercise: str, text: str) -> None:
        self.book.incident(self._assignment, student, exercise, self._run, text)


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
