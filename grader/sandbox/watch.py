"""A worker's limits, watched from outside while the grader waits for it."""

from __future__ import annotations

import contextlib
import math
import os
import select
import socket
import stat
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..model import Failure, Limits, Verdict
from ..model.findings import LimitHit, Quantity

TICK = 0.02  # seconds between looks at /proc
QUICK = 0.002  # seconds
PATIENCE = 4  # times the wall limit, for a worker that gets no processor
INTERRUPTIONS = 5  # of a file that is being loaded, before its process is ended
WAITING = 3  # times the limit on one call, for code that waits instead of computing
LOADING, LOADING_ON = 0.3, 0.1  # of a check's processor time: for loading a file, and again after an interruption
KEPT_OUTPUT = 8192
VERDICTS = {
    Quantity.MEMORY: Verdict.MEMORY_LIMIT,
    Quantity.THREADS: Verdict.MEMORY_LIMIT,
    Quantity.FILES: Verdict.OUTPUT_LIMIT,
    Quantity.OUTPUT: Verdict.OUTPUT_LIMIT,
}
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Usage(NamedTuple):
    """CPU seconds, resident bytes and threads of a process."""

    cpu: float = 0.0
    resident: int = 0
    threads: int = 1


class Watch:
    """Raises Failure when the worker uses more than it may: wall and CPU time, memory, threads, output, disk."""

    def __init__(self, pid: int, limits: Limits, outputs: tuple[int, int], scratch_fd: int, scratch: str | None):
        self.pid, self.limits, self.scratch_fd, self.scratch = pid, limits, scratch_fd, scratch
        self.outputs = list(outputs)
        for fd in outputs:
            os.set_blocking(fd, False)
        self.kept = bytearray()
        self.printed = 0
        self._schedule, self._stat = _opened(f"/proc/{pid}/schedstat"), _opened(f"/proc/{pid}/stat")
        self.base = self.usage()
        self.files_before = 0
        self.files_before = self._files()
        self.waited = 0.0
        self.interrupted: list[LimitHit] = []  # limits at which it was interrupted
        self.begin(limits.wall_seconds)

    def begin(self, wall_seconds: float) -> None:
        """A new check: its wall clock, CPU time and output start at nothing."""
        self.wall_seconds = self.left = wall_seconds
        self.cpu_start = self.usage().cpu
        self.begin_call(None)
        self.printed_start = self.printed
        self.next_look = time.monotonic() + TICK

    def begin_call(self, seconds: float | None) -> None:
        """The next answer may take this much processor time, from when it is waited for; None: no limit of its own."""
        self.interrupt: Callable[[], object] | None = None
        self._allow(math.inf if seconds is None else seconds)

    def begin_loading(self, interrupt: Callable[[], object]) -> None:
        """The same for a file that is loaded: at the limits, what it does is interrupted, before the check's limits."""
        self.begin_call(self.limits.cpu_seconds * LOADING)
        self.interrupt, self.interrupted = interrupt, []

    def _allow(self, seconds: float) -> None:
        self.call_seconds = seconds
        self.call_left = WAITING * self.call_seconds
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
        with contextlib.suppress(OSError, IndexError, ValueError):
            return int(os.pread(self._schedule, 128, 0).split()[1]) / 1e9
        return 0.0

    def _starved_since(self) -> float:
        """In this wait; bounded, because a submission can starve itself with threads of its own."""
        return min(self.starved() - self.starved_before, PATIENCE * self.wall_seconds)

    def wait(self, sock: socket.socket, write: bool = False) -> None:
        """Until the socket is ready; reads the outputs and looks at the limits meanwhile."""
        poll = select.poll()
        poll.register(sock, select.POLLOUT if write else select.POLLIN)
        for fd in self.outputs:
            poll.register(fd, select.POLLIN)
        if not self._soon_ready(sock, poll):
            with self._running():
                self._until_ready(sock, poll)

    def _soon_ready(self, sock: socket.socket, poll: select.poll) -> bool:
        """Whether the socket is ready after next to no time, as it mostly is: without a look at the worker's clocks."""
        started = time.monotonic()
        if started >= self.next_look or all(fd != sock.fileno() for fd, _ in poll.poll(QUICK * 1000)):
            return False
        self._passed(time.monotonic() - started)
        return True

    def _until_ready(self, sock: socket.socket, poll: select.poll) -> None:
        while True:
            ready = {fd for fd, _ in poll.poll(TICK * 1000)}
            now = time.monotonic()
            if now >= self.next_look:
                self.look(now)
            if sock.fileno() in ready:
                return
            if ready:
                self.drain()
                for fd in ready.difference(self.outputs):
                    poll.unregister(fd)

    def look(self, now: float) -> None:
        """Compare with the limits; raises Failure with the one that was hit."""
        self.next_look = now + TICK
        limits, used = self.limits, self.usage()
        self._look_at_clocks(now, used.cpu)
        if used.resident - self.base.resident > limits.memory_mib << 20:
            raise _hit(Quantity.MEMORY, limits.memory_mib)
        if used.threads > limits.threads:
            raise _hit(Quantity.THREADS, limits.threads)
        if self._files() > limits.scratch_mib << 20:
            raise _hit(Quantity.FILES, limits.scratch_mib)

    def _look_at_clocks(self, now: float, cpu: float) -> None:
        """For the call, then for the check; a worker that gets no processor has as much longer."""
        if self.call_cpu_start is None:
            self.call_cpu_start = cpu
        if cpu - self.call_cpu_start > self.call_seconds:
            self._interrupt(_limit(self._call, self.call_seconds))
        if cpu - self.cpu_start > self.limits.cpu_seconds:
            raise _hit(Quantity.CPU, self.limits.cpu_seconds)
        starved = self._starved_since() if now > min(self.deadline, self.call_deadline) else 0.0
        if now > self.deadline + starved:
            raise _hit(Quantity.WALL, self.wall_seconds)
        if now > self.call_deadline + starved:
            self._interrupt(_limit(Quantity.WALL, WAITING * self.call_seconds))

    @property
    def _call(self) -> Quantity:
        return Quantity.LOADING if self.interrupt else Quantity.CALL

    def _files(self) -> int:
        """Bytes of all files, also of those that have lost their name; every file is a block at least.

        Where scratch is a file system of its own, that is asked; else the folder is walked.
        """
        if self.scratch is None:
            space = os.statvfs(self.scratch_fd)
            blocks = space.f_blocks - space.f_bfree + space.f_files - space.f_ffree
            return blocks * space.f_frsize - self.files_before
        return _folder_bytes(self.scratch, self.limits.scratch_mib << 20) + _nameless_bytes(self.pid)

    def usage(self) -> Usage:
        """From /proc; zeros where there is none or the process is gone."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = os.pread(self._stat, 4096, 0).rpartition(b")")[2].split()
            cpu = (int(fields[11]) + int(fields[12])) / CLOCK_TICKS
            return Usage(cpu, int(fields[21]) * PAGE, int(fields[17]))
        return Usage()

    def drain(self) -> None:
        """Take what the submission printed; keep the beginning; too much is a verdict."""
        for fd in list(self.outputs):
            while (data := _read(fd)) is not None:
                if not data:
                    self.outputs.remove(fd)
                    os.close(fd)
                    break
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
        for fd in self.outputs:
            os.close(fd)
        self.outputs = []
        os.close(self.scratch_fd)
        for fd in {self._schedule, self._stat} - {-1}:
            os.close(fd)
        self._schedule = self._stat = -1


def _opened(path: str) -> int:
    """A descriptor to read from; -1 where there is no such file."""
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return -1


def _hit(quantity: Quantity, limit: float) -> Failure:
    return Failure(_limit(quantity, limit), fatal=True)


def _limit(quantity: Quantity, limit: float) -> LimitHit:
    return LimitHit(verdict=VERDICTS.get(quantity, Verdict.TIME_LIMIT), quantity=quantity, limit=limit)


def _read(fd: int) -> bytes | None:
    try:
        return os.read(fd, 1 << 16)
    except BlockingIOError:
        return None


def _folder_bytes(folder: str, limit: int) -> int:
    """What a folder holds, counted until it is more than the limit. One that cannot be looked into is too much."""
    total, waiting = 0, [folder]
    while waiting and total <= limit:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    total += _size(entry.stat(follow_symlinks=False))
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
        except FileNotFoundError:
            continue
        except OSError:  # no rights, or deeper than any path is long
            return limit + 1
    return total


def _nameless_bytes(pid: int) -> int:
    """Files that a process holds open after they were deleted."""
    total = 0
    with contextlib.suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                found = entry.stat()
                total += _size(found) if stat.S_ISREG(found.st_mode) and found.st_nlink == 0 else 0
    return total


def _size(found: os.stat_result) -> int:
    return max(4096, found.st_blocks * 512)
