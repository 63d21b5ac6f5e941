"""A learner's days in tests: attempts and answers at given times, without a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from grader.practice.answers import AnswerOutcome, PracticeAnswer
from grader.practice.history import Mistake, Try

MONDAY = datetime(2027, 3, 1, 18)
FLIPPED = Mistake("kernel-flipped", "Kernel flipped", ("window",))


def at(day: float, hour: float = 18) -> float:
    """Seconds since 1970, so many days after Monday."""
    return (MONDAY.replace(hour=0) + timedelta(days=day, hours=hour)).timestamp()


def tried(day: float, *mistakes: Mistake, exercise: str = "conv", hour: float = 18) -> Try:
    return Try(at(day, hour), exercise, "", 9, 22, False, mistakes=mistakes, lost=("window",) * len(mistakes))


def answered(day: float, right: bool = True, card: str = "convolution", **changes) -> PracticeAnswer:
    outcome = AnswerOutcome.RIGHT if right else AnswerOutcome.WRONG
    fields = {"at": at(day, 19), "card": card, "topic": card.partition("/")[0], "generator": "conv_by_hand"}
    fields |= {"version": 1, "kind": "MATRIX", "seed": 1, "given": "1 2; 3 4", "outcome": outcome, "minutes": 4}
    return PracticeAnswer(**fields | {"seconds": 200} | changes)
