"""A worker's limits, watched from outside while the grader waits for it."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterator

from ..model import Failure, Limits, Verdict
from ..model.findings import LimitHit, Quantity
from .link import Link
from .meter import Usage

TICK = 0.02  # seconds between looks at /proc
QUICK = 0.002  # seconds
PATIENCE = 4  # times the wall limit, for a worker that gets no processor
INTERRUPTIONS = 5  # of a file that is being loaded, before its process is ended
WAITING = 3  # times the limit on one call, for code that waits instead of computing
BLIND = 1.5  # times as long on the wall, where nobody tells what a worker waits for a processor
LOADING, LOADING_ON = 0.3, 0.1  # of a check's processor time: for loading a file, and again after an interruption
KEPT_OUTPUT = 8192
VERDICTS = {
    Quantity.MEMORY: Verdict.MEMORY_LIMIT,
    Quantity.THREADS: Verdict.MEMORY_LIMIT,
    Quantity.FILES: Verdict.OUTPUT_LIMIT,
    Quantity.OUTPUT: Verdict.OUTPUT_LIMIT,
}


class Watch:
    """Raises Failure when the worker uses more than it may: wall and CPU time, memory, threads, output, disk."""

    def __init__(self, link: Link, limits: Limits):
        self.link, self.limits = link, limits
        self.kept = bytearray()
        self.printed = 0
        self.waited = 0.0
        self.slack = BLIND if link.meter.blind else 1
        self.base = self.usage()
        self.starved_before = self.starved()  # when the last wait began
        self.interrupted: list[LimitHit] = []  # limits at which it was interrupted
        self.begin(limits.wall_seconds)

    def begin(self, wall_seconds: float) -> None:
        """A new check: its wall clock, CPU time and output start at nothing."""
        self.wall_seconds = self.left = wall_seconds * self.slack
        self.cpu_start = self.usage().cpu
        self.begin_call(None)
        self.printed_start = self.printed
        self.next_look = time.monotonic() + TICK

    def begin_call(self, seconds: float | None) -> None:
        """The next answer may take this much processor time, from when it is waited for; None: no limit of its own."""
        self.interrupt: Callable[[], object] | None = None
        self.came = False  # its answer began to come by the last look
        self._allow(math.inf if seconds is None else seconds)

    def begin_loading(self, interrupt: Callable[[], object]) -> None:
        """The same for a file that is loaded: at the limits, what it does is interrupted, before the check's limits."""
        self.begin_call(self.limits.cpu_seconds * LOADING)
        self.interrupt, self.interrupted = interrupt, []

    def _allow(self, seconds: float) -> None:
        self.call_seconds = seconds
        self.call_left = self.call_wall = WAITING * self.call_seconds * self.slack
        self.call_cpu_start: float | None = None

    def _interrupt(self, limit: LimitHit) -> None:
        """Go on after a limit, if what is done can be interrupted; else raise Failure."""
        if self.interrupt is None or len(self.interrupted) == INTERRUPTIONS:
            raise Failure(limit, fatal=True)
        self.interrupted.append(limit)
        self.printed_start = self.printed
        self._allow(self.limits.cpu_seconds * LOADING_ON)
        self.call_deadline = time.monotonic() + self._starved_since() + self.call_left
        self.interrupt()

    @contextlib.contextmanager
    def _running(self) -> Iterator[None]:
        """Let the wall clock run: only while the grader waits, never while it works itself.

        What the worker waits for a processor does not count: that the machine has much to do is not its fault.
        """
        started, self.starved_before = time.monotonic(), self.starved()
        self.deadline, self.call_deadline = started + self.left, started + self.call_left
        try:
            yield
        finally:
            seconds = time.monotonic() - started
            if seconds > TICK:
                seconds = max(0.0, seconds - self._starved_since())
            self._passed(seconds)

    def _passed(self, seconds: float) -> None:
        self.left -= seconds
        self.call_left -= seconds
        self.waited += seconds

    def starved(self) -> float:
        """Seconds that the worker's main thread could have run but had no processor; 0 where unknown."""
        return self.link.meter.starved()

    def _starved_since(self) -> float:
        """In this wait; bounded, because a submission can starve itself with threads of its own."""
        return min(self.starved() - self.starved_before, PATIENCE * self.wall_seconds)

    def wait(self, write: bool = False) -> None:
        """Until the worker sends (or takes) bytes; reads what it prints and looks at the limits meanwhile."""
        if not self._soon_ready(write):
            with self._running():
                self._until_ready(write)

    def _soon_ready(self, write: bool) -> bool:
        """Whether it does so after next to no time, as it mostly does: without a look at the worker's clocks."""
        started = time.monotonic()
        if started >= self.next_look or not self.link.ready(QUICK, write):
            return False
        self._passed(time.monotonic() - started)
        return True

    def _until_ready(self, write: bool) -> None:
        while True:
            ready = self.link.ready(TICK, write)
            now = time.monotonic()
            if now >= self.next_look:
                self.look(now, ready and not write)
            if ready:
                return
            self.drain()

    def look(self, now: float, ready: bool = False) -> None:
        """Compare with the limits; raises Failure with the one that was hit.

        An answer that is `ready` came in time, once: on a busy machine the grader may come to see it late, and what the
        worker has used meanwhile, it has used for the next questions. What then goes on to come slowly is no answer.
        """
        self.next_look = now + TICK
        limits, used = self.limits, self.usage()
        came, self.came = ready and not self.came, ready or self.came
        self._look_at_clocks(now, used.cpu, came)
        if used.resident - self.base.resident > limits.memory_mib << 20:
            raise _hit(Quantity.MEMORY, limits.memory_mib)
        if used.threads > limits.threads:
            raise _hit(Quantity.THREADS, limits.threads)
        if self.link.files(limits.scratch_mib << 20) > limits.scratch_mib << 20:
            raise _hit(Quantity.FILES, limits.scratch_mib)

    def _look_at_clocks(self, now: float, cpu: float, came: bool) -> None:
        """For the call, unless its answer came; then for the check. A worker without a processor has as much longer."""
        if self.call_cpu_start is None:
            self.call_cpu_start = cpu
        if not came and cpu - self.call_cpu_start > self.call_seconds:
            self._interrupt(_limit(self._call, self.call_seconds))
        if cpu - self.cpu_start > self.limits.cpu_seconds:
            raise _hit(Quantity.CPU, self.limits.cpu_seconds)
        if came:
            return
        starved = self._starved_since() if now > min(self.deadline, self.call_deadline) else 0.0
        if now > self.deadline + starved:
            raise _hit(Quantity.WALL, self.wall_seconds)
        if now > self.call_deadline + starved:
            self._interrupt(_limit(Quantity.WALL, self.call_wall))

    @property
    def _call(self) -> Quantity:
        return Quantity.LOADING if self.interrupt else Quantity.CALL

    def usage(self) -> Usage:
        """What the worker's process uses."""
        return self.link.meter.usage()

    def drain(self) -> None:
        """Take what the submission printed; keep the beginning; too much is a verdict."""
        for data in self.link.printed():
            self.printed += len(data)
            self.kept += data[: max(0, KEPT_OUTPUT - len(self.kept))]
            if self.printed - self.printed_start > self.limits.output_kib << 10:
                self._interrupt(_limit(Quantity.OUTPUT, self.limits.output_kib))

    def text(self) -> str:
        """The beginning of what was printed."""
        return self.kept.decode("utf-8", "replace")

    def close(self) -> None:
        """Read what is left, then close."""
        with contextlib.suppress(Failure):
            self.drain()
        self.link.close()


def _hit(quantity: Quantity, limit: float) -> Failure:
    return Failure(_limit(quantity, limit), fatal=True)


def _limit(quantity: Quantity, limit: float) -> LimitHit:
    return LimitHit(verdict=VERDICTS.get(quantity, Verdict.TIME_LIMIT), quantity=quantity, limit=limit)
