"""What lateness costs, exactly."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from .records import LateRule

DAY = timedelta(days=1)


def days_late(submitted_at: datetime | None, deadline: datetime | None, grace: timedelta) -> int:
    """Days begun since the deadline; 0 within the grace period, and 0 where a time is not known."""
    if submitted_at is None or deadline is None or submitted_at <= deadline + grace:
        return 0
    return -((deadline - submitted_at) // DAY)


def deducted(days: int, rule: LateRule, possible: Fraction) -> Fraction:
    """Points that so many days cost."""
    percent = min(days * Fraction(rule.percent_per_day), Fraction(rule.cap))
    return possible * percent / 100


def rounded(points: Fraction) -> Decimal:
    """To hundredths, half up: once, at the end."""
    return Decimal(math.floor(points * 100 + Fraction(1, 2))).scaleb(-2)
