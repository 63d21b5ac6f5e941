"""Today's list and what is known of each topic, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..report.layout import TextLine, line
from .memory import Memory, MemoryCard
from .standing import standings
from .today import Today
from .words import coming, due_when, summary, why

BAR = 10  # characters


def today_lines(now: Today) -> Iterator[TextLine]:
    """What comes today, and why."""
    yield line(summary(now), "bold")
    if now.due:
        yield line("")
    width = max((len(card.topic) for card in now.due), default=0) + 4
    for card in now.due:
        twice = " Two questions." if card.owed > 1 else ""
        yield TextLine(((why(card, now.day) + twice, ""),), width, ((f"  {card.topic}", "bold"),))
    if now.waiting:
        yield line("")
        yield line(f"{now.waiting} more wait for the days to come.", "dim")
    if said := coming(now):
        yield line("")
        yield line(said, "dim")


def due_lines(count: int) -> Iterator[TextLine]:
    """Below the next step: that so many questions are due."""
    if count:
        yield TextLine()
        due = "1 question is" if count == 1 else f"{count} questions are"
        yield TextLine(((f"{due} due today:  ", ""), ("grade practice", "cyan")))


def standing_lines(known: Memory, day: date) -> Iterator[TextLine]:
    """Each topic that was met: how likely it is to be known tomorrow, and when something of it is due."""
    found = standings(known)
    if not found:
        return
    yield TextLine()
    yield line("Topics, and how likely you know them tomorrow", "bold")
    width = max(len(one.topic) for one in found) + 4
    for one in found:
        due = (due_when(one.due, day), "yellow" if one.due <= day else "dim")
        yield TextLine((*_known(one.card), due), width, ((f"  {one.topic}", ""),))
        for card in one.mistakes:
            if card.waits:
                yield line(f"to put right: {card.key.partition('/')[2].replace('-', ' ')}", "dim", width)


def _known(card: MemoryCard | None) -> tuple[tuple[str, str], ...]:
    if card is None:
        return (("not asked yet".ljust(BAR + 26), "dim"),)
    answered = f"{card.right} of {card.asked} right" if card.asked else "not asked yet"
    return ((f"{_bar(card.tomorrow)} {card.tomorrow:4.0%}   ", ""), (f"{answered:18}", ""))


def _bar(share: float) -> str:
    full = round(share * BAR)
    return "█" * full + "░" * (BAR - full)
