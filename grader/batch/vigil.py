"""A batch without workers is never silent: it says why, minute by minute, and ends after a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from .executor import FarmError

FIRST, THEN = 10.0, 60.0  # seconds without a worker until the first line, and between two lines
WAIT = 10.0  # minutes without a worker until the batch ends, unless somebody says otherwise


def say(text: str) -> None:
    """A line on stderr."""
    print(f"grade: {text}", file=sys.stderr, flush=True)


class Vigil:
    """Watches that there are workers. `why` tells why there may be none."""

    def __init__(self, why: Callable[[], str], minutes: float | None):
        self._why, self._wait = why, 60 * (WAIT if minutes is None else minutes)
        self._since: float | None = None  # when there were workers last
        self._next = 0.0

    def look(self, workers: int) -> None:
        """Say why there are no workers, if it is time to. Raises FarmError when that took too long."""
        now = time.monotonic()
        if workers:
            self._since = None
            return
        if self._since is None:
            self._since, self._next = now, now + FIRST
        if now - self._since >= self._wait:
            raise FarmError(f"no worker for {self._wait / 60:g} minutes: {self._why()}")
        if now >= self._next:
            say(self._why())
            self._next = now + THEN
