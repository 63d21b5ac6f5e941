"""The answers that a learner gave in practice: a table of the same file, from which the memory is computed."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from ..model import Record, record
from .store import add, rows


class AnswerOutcome(StrEnum):
    """What became of an answer. GIVEN_UP: the learner asked for the solution instead."""

    RIGHT = "right"
    WRONG = "wrong"
    GIVEN_UP = "given_up"


@record()
class PracticeAnswer(Record):
    """An answer: when (seconds since 1970), what it was asked for, the question, and what came of it.

    `card` is what was due: a topic, or a mistake as `topic/slug`. Generator, version, kind and seed make the question
    again. `mistake` is the slug of the misconception that the answer showed, or ''. `seconds` is the time it took
    beside the `minutes` that the question is estimated to take; None where nobody knows. `helped`: after a hint.
    `learner` is who answered; '' is whose machine this is.
    """

    at: float
    card: str
    topic: str
    generator: str
    version: int
    kind: str
    seed: int
    given: str
    outcome: AnswerOutcome
    mistake: str = ""
    seconds: float | None = None
    minutes: float = 1.5
    helped: bool = False
    learner: str = ""

    @property
    def variant(self) -> tuple[str, str, int, str, int]:
        """What it was asked for, and the question."""
        return self.card, self.generator, self.version, self.kind, self.seed


def remember_answer(answer: PracticeAnswer) -> None:
    """Add an answer. Raises HistoryError."""
    add("answers", [vars(answer)])


def answers(learner: str = "") -> list[PracticeAnswer]:
    """All answers of a learner, the oldest first. Raises HistoryError."""
    return [answer for answer in rows("answers", _answer) if answer.learner == learner]


def _answer(row: dict[str, Any]) -> PracticeAnswer:
    return PracticeAnswer(**row | {"outcome": AnswerOutcome(row["outcome"]), "helped": bool(row["helped"])})
