"""What a worker's process uses, as its system tells: by /proc, by psutil, or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import Any, NamedTuple, Protocol

from .processes import file_bytes


class Usage(NamedTuple):
    """CPU seconds, resident bytes and threads of a process."""

    cpu: float = 0.0
    resident: int = 0
    threads: int = 1


class Meter(Protocol):
    """Reads what one process uses. `blind`: nobody tells how long it waited for a processor."""

    blind: bool

    def usage(self) -> Usage:
        """Now; zeros when the process is gone, and where the system does not tell."""

    def starved(self) -> float:
        """Seconds that its main thread could have run but had no processor; 0 where unknown."""

    def nameless_bytes(self) -> int:
        """Files that it holds open after they were deleted; 0 where unknown."""

    def close(self) -> None:
        """It is not needed any more."""


class ProcMeter:
    """Linux: /proc, through files that stay open."""

    blind = False

    def __init__(self, pid: int):
        self.pid = pid
        self._ticks, self._page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
        self._schedule, self._stat = _opened(f"/proc/{pid}/schedstat"), _opened(f"/proc/{pid}/stat")

    def usage(self) -> Usage:
        """See `Meter`."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            fields = os.pread(self._stat, 4096, 0).rpartition(b")")[2].split()
            cpu = (int(fields[11]) + int(fields[12])) / self._ticks
            return Usage(cpu, int(fields[21]) * self._page, int(fields[17]))
        return Usage()

    def starved(self) -> float:
        """See `Meter`."""
        with contextlib.suppress(OSError, IndexError, ValueError):
            return int(os.pread(self._schedule, 128, 0).split()[1]) / 1e9
        return 0.0

    def nameless_bytes(self) -> int:
        """See `Meter`."""
        total = 0
        with contextlib.suppress(OSError):
            for entry in os.scandir(f"/proc/{self.pid}/fd"):
                with contextlib.suppress(OSError):
                    found = entry.stat()
                    total += file_bytes(found) if stat.S_ISREG(found.st_mode) and found.st_nlink == 0 else 0
        return total

    def close(self) -> None:
        """Close the files."""
        for fd in {self._schedule, self._stat} - {-1}:
            os.close(fd)
        self._schedule = self._stat = -1


class NoMeter:
    """Nobody tells anything."""

    blind = True

    def usage(self) -> Usage:
        """Unknown."""
        return Usage()

    def starved(self) -> float:
        """Unknown."""
        return 0.0

    def nameless_bytes(self) -> int:
        """Unknown."""
        return 0

    def close(self) -> None:
        """Nothing is open."""


class PsutilMeter(NoMeter):
    """Other systems: psutil."""

    def __init__(self, pid: int):
        import psutil

        self._errors = psutil.Error
        self._process: Any = None
        with contextlib.suppress(psutil.Error):
            self._process = psutil.Process(pid)

    def usage(self) -> Usage:
        """See `Meter`."""
        with contextlib.suppress(self._errors, AttributeError), self._process.oneshot():
            times, resident = self._process.cpu_times(), self._process.memory_info().rss
            return Usage(times.user + times.system, resident, self._process.num_threads())
        return Usage()


def has_psutil() -> bool:
    """Whether it is there and works here."""
    try:
        import psutil

        psutil.Process().cpu_times()
    except Exception:  # whatever it lacks
        return False
    return True


def meter_for(pid: int) -> Meter:
    """The best that there is for this process."""
    if os.path.exists(f"/proc/{pid}/stat"):
        return ProcMeter(pid)
    return PsutilMeter(pid) if has_psutil() else NoMeter()


def _opened(path: str) -> int:
    """A descriptor to read from; -1 where there is no such file."""
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return -1
