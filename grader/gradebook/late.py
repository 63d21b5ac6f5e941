"""When work came, when it was due, and what that costs, exactly. What is not known is None, and never 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from .records import LateRule

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """When a student's work is due; None: no deadline. `reason` and `author` are those of an extension or an excuse."""

    at: datetime | None = None
    extended: bool = False
    excused: bool = False
    reason: str = ""
    author: str = ""


@dataclass(frozen=True)
class Lateness:
    """When a piece of work came, says `source`, and how late that was.

    `marked`: the source says late, and not by how much. `days` begun since it was due; None: not known, or no deadline.
    `free` of them are taken from the student's late days.
    """

    due: Due = Due()
    at: datetime | None = None
    source: str = ""
    marked: bool = False
    days: int | None = None
    free: int = 0

    @property
    def unknown(self) -> bool:
        """Whether there is a deadline, and nobody knows if it was met, or by how much it was not."""
        return self.due.at is not None and self.at is None


def days_late(submitted_at: datetime | None, deadline: datetime | None, grace: timedelta) -> int | None:
    """Days begun since the deadline; 0 within the grace period, None where a time is not known."""
    if submitted_at is None or deadline is None:
        return None
    return 0 if submitted_at <= deadline + grace else -((deadline - submitted_at) // DAY)


def deducted(days: int, rule: LateRule, possible: Fraction) -> Fraction:
    """Points that so many days cost."""
    percent = min(days * Fraction(rule.percent_per_day), Fraction(rule.cap))
    return possible * percent / 100


def rounded(points: Fraction) -> Decimal:
    """To hundredths, half up: once, at the end."""
    return Decimal(math.floor(points * 100 + Fraction(1, 2))).scaleb(-2)
