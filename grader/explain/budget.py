"""How much processor time explanations may take."""

from __future__ import annotations

from collections.abc import Callable


class Budget:
    """So many seconds by a clock, which may start again from nothing: a worker that is replaced has used none."""

    def __init__(self, seconds: float, clock: Callable[[], float]):
        self.seconds, self.left, self._clock, self._last = seconds, seconds, clock, clock()

    def charge(self, seconds: float) -> None:
        """Take away what the clock has not seen."""
        self.left -= seconds

    def spent(self, share: float = 1.0) -> bool:
        """Whether nothing is left of such a share of it."""
        now = self._clock()
        self.left -= max(0.0, now - self._last)
        self._last = now
        return self.left <= (1 - share) * self.seconds
