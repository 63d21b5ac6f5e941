"""The time of an exam, in the browser and in the terminal: it runs on from the start, whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ExamClock:
    """`seconds`: the time allowed without extra time, which `factor` gives. `started`: None before the start."""

    seconds: int
    factor: Decimal = Decimal(1)
    started: datetime | None = None

    @property
    def allowed(self) -> timedelta:
        """With the extra time."""
        return timedelta(seconds=float(self.seconds * self.factor))

    @property
    def over(self) -> datetime | None:
        """When the time is over; None before the start."""
        return None if self.started is None else self.started + self.allowed

    def left(self, now: datetime) -> float:
        """Seconds: all of them before the start, less than none when it is over."""
        return ((self.over - now) if self.over else self.allowed).total_seconds()

    def used(self, until: datetime) -> float:
        """Seconds from the start, at most those that are allowed."""
        return self.allowed.total_seconds() - max(self.left(until), 0.0)
