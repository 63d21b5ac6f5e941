"""A device that is timed: what it is called, and a lock, so that no two runs use it at once."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..model import Failure
from ..model.untimed import Reason, not_timed

WAIT = 120.0  # seconds for the lock
TICK = 0.05


@dataclass(frozen=True)
class Device:
    """What computes: torch's name for it, and how much work it takes to measure it and to flush its caches."""

    name: str
    side: int  # of the matrices that are multiplied for its peak
    flush_mib: int  # more than any of its caches holds

    @contextlib.contextmanager
    def locked(self, seconds: float = WAIT) -> Iterator[None]:
        """Keep other graders off the device. Raises Failure (`not_run`) when they do not release it in time.

        The kernel releases the lock when this process ends, however it ends; the empty file stays.
        """
        number = _opened(self.lock_file)
        try:
            if not _taken(number, time.monotonic() + seconds):
                raise Failure(not_timed(Reason.GPU_LOCKED, seconds))
            yield
        finally:
            os.close(number)

    @property
    def lock_file(self) -> Path:
        """One for each choice of visible devices."""
        chosen = re.sub(r"[^\w,-]", "", os.environ.get("CUDA_VISIBLE_DEVICES", ""))[:100]
        return Path(tempfile.gettempdir(), f"cnn-grader-{self.name}-{chosen or 'all'}.lock")


CUDA = Device("cuda", side=4096, flush_mib=256)


def _opened(path: Path) -> int:
    """Open the lock file, which another user may have made. Raises Failure."""
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with contextlib.suppress(OSError):
            return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)
    raise Failure(not_timed(Reason.NO_LOCK_FILE, detail=str(path)))


def _taken(number: int, deadline: float) -> bool:
    import fcntl  # which Windows does not have: no GPU is used there

    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(TICK)
