"""One pool grades for all learners: few processes behind sandboxes, a bounded queue, and everybody's place in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from ..batch.executor import Farm
from ..batch.followed import DecidedChecks, grade_followed
from ..batch.prepare import WorkUnit
from ..batch.work import GradingOptions, Outcome
from ..errors import GraderError
from ..submission.load import Submission

MOST_WAITING = 64


class QueueFull(GraderError):
    """So many wait already that no more are taken. Nothing of what is handed in is lost: it can be sent again."""


@dataclass(eq=False)
class Ticket:
    """One submission on its way: `done` after the grading, and after what was to be done with its outcome.

    `checks`: how many of its checks are decided; with `timed`, those of speed and memory are run too.
    """

    owner: str
    exercise: str
    future: Future[Outcome]
    checks: DecidedChecks
    timed: bool
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def waits(self) -> bool:
        """Whether nobody grades it yet."""
        return not self.future.running() and not self.future.done()


class GradingPool:
    """`farm` grades as many at a time as it is wide; `most` may wait. Safe to use from any thread."""

    def __init__(self, farm: Farm, most: int = MOST_WAITING):
        self._farm, self._most = farm, most
        self._lock = threading.Lock()
        self._open: list[Ticket] = []  # in the order in which they came

    def put(
        self,
        owner: str,
        exercise: str,
        submission: Submission,
        options: GradingOptions,
        then: Callable[[Future[Outcome]], None],
    ) -> Ticket:
        """Hand in; `then` is called with the outcome. What the same owner has waiting for this exercise is replaced.

        Raises QueueFull.
        """
        with self._lock:
            self._open = [t for t in self._open if not t.done.is_set() and not self._replaced(t, owner, exercise)]
            if sum(t.waits for t in self._open) >= self._most:
                raise QueueFull(f"{self._most} submissions wait already. Hand in again in a minute.")
            unit, checks = WorkUnit((), exercise, submission), DecidedChecks()
            future = self._farm.submit(grade_followed, unit, options, checks.path)
            ticket = Ticket(owner, exercise, future, checks, options.timing)
            self._open.append(ticket)
        ticket.future.add_done_callback(lambda future: self._end(ticket, future, then))
        return ticket

    @staticmethod
    def _replaced(ticket: Ticket, owner: str, exercise: str) -> bool:
        """Whether it waited for the same thing, and does so no longer."""
        return (ticket.owner, ticket.exercise) == (owner, exercise) and ticket.future.cancel()

    @staticmethod
    def _end(ticket: Ticket, future: Future[Outcome], then: Callable[[Future[Outcome]], None]) -> None:
        try:
            if not future.cancelled():
                then(future)
        finally:
            ticket.checks.close()
            ticket.done.set()

    def place(self, ticket: Ticket) -> int:
        """How many are graded before it begins, itself counted; 0 as soon as it has begun."""
        with self._lock:
            waiting = [t for t in self._open if t.waits]
        return waiting.index(ticket) + 1 if ticket in waiting else 0
