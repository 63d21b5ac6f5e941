"""What is said of lateness, in exports, pages and the terminal alike."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..moments import shown
from .records import plain

if TYPE_CHECKING:
    from .late import Due, Lateness
    from .marks import TimesKnown


def told(late: Lateness, cost: Decimal, zone: str) -> list[str]:
    """When it came, when it was due, and what that cost; nothing where there is nothing to tell."""
    return [text for text in (_came(late, zone), _due(late.due, zone), _cost(late, cost)) if text]


def _came(late: Lateness, zone: str) -> str:
    says = f" (says {late.source})" if late.source else ""
    if late.at is not None:
        return f"handed in {shown(late.at, zone)}{says}"
    if late.marked:
        return f"handed in late{says}; by how much is not known"
    return "the time of handing in is not known" if late.due.at is not None else ""


def _due(due: Due, zone: str) -> str:
    if due.at is None:
        return ""
    return f"due {shown(due.at, zone)}" + (f", extended by {due.author}: {due.reason}" if due.extended else "")


def _cost(late: Lateness, cost: Decimal) -> str:
    if late.unknown:
        return "nothing was taken off for lateness"
    if late.days is None:
        return ""
    if not late.days:
        return "in time"
    free = f", {counted(late.free, 'late day')} used" if late.free else ""
    off = f"{plain(cost)} point{'s' if cost != 1 else ''}" if cost else "no points"
    return f"{counted(late.days, 'day')} late{free}: {off} off"


def counted(number: int, what: str) -> str:
    """`1 day`, `2 days`."""
    return f"{number} {what}{'s' if number != 1 else ''}"


def edition_shown(edition: str | None) -> str:
    """As many digits as tell editions apart."""
    return "not known" if edition is None else edition[:8]


def marks_change(count: int) -> str:
    """`3 marks change`."""
    return f"{counted(count, 'mark')} change{'s' * (count == 1)}" if count else "no mark changes"


def times_not_known(times: TimesKnown) -> str:
    """Of how many marks nobody knows whether the work came in time, and what to do."""
    marked = f" ({times.marked} late, says the platform)" if times.marked else ""
    return (
        f"time of handing in not known for {times.unknown} of {times.graded}{marked}: nothing is taken off;"
        " `grade batch --times FILE` tells it"
    )
