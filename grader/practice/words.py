"""What is said of the memory, for the terminal and for pages: why a question comes, and when it comes again."""

from __future__ import annotations

from datetime import date

from ..clean import clean
from .memory import day_of
from .today import DueCard, Today, WhyDue

WEEK = 7  # days that are called by their names


def why(card: DueCard, day: date) -> str:
    """Why it comes today, in one sentence."""
    if card.why is WhyDue.NEW:
        return "New: you have not been asked for it yet."
    if card.why is WhyDue.CHOSEN:
        return "You chose it."
    if card.why is WhyDue.FADING or card.lapse is None:
        assert card.last is not None
        return f"You answered it {when(card.last, day)}; it is time to see whether you still know it."
    on, title = when(day_of(card.lapse.at), day), clean(card.lapse.title, 200)
    if card.why is WhyDue.CODE:
        return f"You had “{title}” in {clean(card.lapse.exercise, 60)} {on}."
    return f"You had “{title}” in a question {on}." if title else f"Your answer was wrong {on}."


def whence(card: DueCard, day: date) -> str:
    """The same without the mistake, to stand beside the question: who reads its name does not make it."""
    if card.why is WhyDue.CODE and card.lapse is not None:
        return f"because of {clean(card.lapse.exercise, 60)} {when(day_of(card.lapse.at), day)}"
    if card.why is WhyDue.ANSWER and card.lapse is not None:
        return f"because of an answer {when(day_of(card.lapse.at), day)}"
    return {WhyDue.NEW: "new", WhyDue.CHOSEN: "chosen"}.get(card.why, "to be refreshed")


def when(then: date, day: date) -> str:
    """A day as it is called on another: today, tomorrow, on Monday, on 3 March."""
    days = (then - day).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    if abs(days) < WEEK:
        return f"on {then:%A}"
    return f"on {then.day} {then:%B}" + (f" {then.year}" if then.year != day.year else "")


def summary(now: Today) -> str:
    """How much comes today, or when the next comes."""
    if now.due:
        return f"{_questions(now.questions)} today" + (f", {now.done} answered" if now.done else "")
    said = f"Done for today: {_questions(now.done)} answered." if now.done else "Nothing is due today."
    return said + (f" More {when(now.later, now.day)}." if now.later else "")


def coming(now: Today) -> str:
    """What the next day brings of itself; nothing where it brings none."""
    return f"Tomorrow: {_questions(now.coming)} on what went wrong or fades." if now.coming else ""


def _questions(count: int) -> str:
    return f"{count} question{'s' * (count != 1)}"


def due_when(due: date, day: date) -> str:
    """When something is due: now, or on which day."""
    return "due now" if due <= day else f"due {when(due, day)}"
