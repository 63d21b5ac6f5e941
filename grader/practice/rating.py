"""How well an answer was known, from what came of it, the time that it took and whether there was help."""

from __future__ import annotations

from enum import IntEnum

from .answers import AnswerOutcome, PracticeAnswer

OPEN_KINDS = ("NAT", "MATRIX", "EXPRESSION", "ORDER", "MATCH")  # are not found by guessing
FAST, SLOW, AWAY = 0.5, 2.0, 8.0  # times of the estimated working time; whoever takes longer was elsewhere


class RecallRating(IntEnum):
    """The four ratings of FSRS, with its numbers."""

    AGAIN = 1  # it was wrong, or given up
    HARD = 2  # it was right after a hint, or slowly
    GOOD = 3
    EASY = 4  # it was right and fast, and no lucky guess


def rate(answer: PracticeAnswer) -> RecallRating:
    """The rating of an answer."""
    if answer.outcome is not AnswerOutcome.RIGHT:
        return RecallRating.AGAIN
    pace = answer.seconds / (60 * answer.minutes) if answer.seconds is not None else 1.0
    if answer.helped or SLOW < pace <= AWAY:
        return RecallRating.HARD
    return RecallRating.EASY if pace < FAST and answer.kind in OPEN_KINDS else RecallRating.GOOD
