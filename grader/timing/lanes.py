"""Workers on equal terms for timing: one runs while the others are stopped.

A lane's worker is stopped (SIGSTOP) except while it is asked: threads that it left running can neither disturb the
others nor work unmeasured. Two clocks are read, both out here: the wall clock from "inputs sent" to "answer received",
less what the worker waited for a processor, and the processor's clock of the whole process, with all of its threads,
the ended ones too.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..model import Failure
from ..model.findings import Ending, NotReturned
from ..model.untimed import Reason, not_timed
from ..sandbox.inside.ops import Op
from ..sandbox.remote import Worker

SECONDS = 1e-9  # clocks count nanoseconds
PATIENCE = 4.0  # seconds on the wall: others may keep a worker waiting, even ones that the system always prefers


@dataclass(frozen=True)
class Timed:
    """An answer in the wire's form, and what it took: seconds on the wall (as if alone) and of the processor.

    `elapsed` is the wall clock as it is, what was waited for a processor included.
    """

    value: Any
    wall: float
    cpu: float
    elapsed: float


class OursFailed(Exception):
    """A worker that runs a file of ours gave no answer; `failure` says how."""

    def __init__(self, failure: Failure):
        super().__init__(failure)
        self.failure = failure


class Lane:
    """One worker that is timed; `ours` if it runs nothing of the submission's. Use as a context manager."""

    def __init__(self, worker: Worker, *, ours: bool = False):
        self.worker, self.ours = worker, ours
        self._clock = process_clock(worker.pid)

    def __enter__(self) -> Lane:
        stop(self.worker)
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.close()

    def call(self, op: Op, most_bytes: int, most_seconds: float, warm: Op | None = None) -> Timed:
        """Ask for one operation and time it; first for `warm`, untimed, as a worker that was stopped has cold caches.

        Raises Failure, also after `most_seconds` of processor time, or when no answer comes for long; OursFailed where
        the worker is one of ours.
        """
        with self._answering():
            return self._call(op, most_bytes, most_seconds, warm)

    def load(self) -> None:
        """Load the file. Raises Failure; OursFailed where the worker is one of ours."""
        with self._answering(), running(self.worker):
            if not self.worker.load().defined:
                raise Failure(not_timed(Reason.NOT_LOADED_AGAIN))

    @contextlib.contextmanager
    def _answering(self) -> Iterator[None]:
        """Tell our own failures from the submission's."""
        try:
            yield
        except Failure as failure:
            if self.ours:
                raise OursFailed(failure) from failure
            raise

    def _call(self, op: Op, most_bytes: int, most_seconds: float, warm: Op | None) -> Timed:
        watch = self.worker.watch
        watch.limits = replace(self.worker.limits, cpu_seconds=most_seconds)
        watch.begin(max(PATIENCE, most_seconds))
        with running(self.worker):
            if warm is not None:
                self.worker.ask(warm)(most_bytes)
            cpu, starved = self._cpu(), self.worker.watch.starved()
            started = time.perf_counter_ns()
            value = self.worker.ask(op)(most_bytes)
            wall = (time.perf_counter_ns() - started) * SECONDS
            alone = max(0.0, wall - self.worker.watch.starved() + starved)
        return Timed(value, alone, (self._cpu() - cpu) * SECONDS if self._clock else wall, wall)

    def _cpu(self) -> int:
        """Nanoseconds; 0 where there is no such clock. Raises Failure after the worker's end."""
        try:
            return time.clock_gettime_ns(self._clock) if self._clock else 0
        except OSError:
            raise ended_early() from None


def ended_early() -> Failure:
    """What becomes of a worker whose process is gone while it is measured."""
    return Failure(NotReturned(ending=Ending.AFTERWARDS), fatal=True)


def process_clock(pid: int) -> int:
    """The clock of a process's processor time, all threads together (clock_getcpuclockid); 0 where there is none."""
    clock = (~pid << 3) | 2
    if sys.platform != "linux":
        return 0
    try:
        time.clock_gettime_ns(clock)
    except OSError:
        return 0
    return clock


def stop(worker: Worker) -> None:
    """Stop a worker, with all of its threads."""
    worker.link.stop()


def resume(worker: Worker) -> None:
    """Let a stopped worker run again."""
    worker.link.resume()


@contextlib.contextmanager
def running(worker: Worker) -> Iterator[None]:
    """Let a stopped worker run within, and stop it again."""
    resume(worker)
    try:
        yield
    finally:
        stop(worker)


# ---------------------------------------------------------------- one core


@contextlib.contextmanager
def core(purpose: str = "timing") -> Iterator[int | None]:
    """A core that no other grader on this machine uses for the same purpose, or None where there is none to spare.

    It is ours as long as a socket of that name is bound: nothing is left behind, however this process ends.
    """
    with contextlib.ExitStack() as stack:
        yield next((number for number in _cores() if _taken(purpose, number, stack)), None)


def _cores() -> list[int]:
    """The cores that we may use, the last first; none where there is but one."""
    if sys.platform != "linux" or not hasattr(socket, "AF_UNIX"):
        return []
    cores = sorted(os.sched_getaffinity(0), reverse=True)
    return cores if len(cores) > 1 else []


def _taken(purpose: str, number: int, stack: contextlib.ExitStack) -> bool:
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        claim.bind(f"\0cnn-grader-{purpose}-core-{number}")
    except OSError:
        claim.close()
        return False
    stack.enter_context(claim)
    return True


def pin(worker: Worker, number: int | None) -> None:
    """Keep a worker on one core, from outside; a worker may not ask for another."""
    if number is None:
        return
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{worker.pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {number})
