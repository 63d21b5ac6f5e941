"""What an exam is like at one moment: what stands at each question, what time is left, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from generators.paper import Paper

from .clock import ExamClock


class QuestionState(StrEnum):
    """The five states of GATE's palette. What is marked for review and answered counts like any other answer."""

    NOT_VISITED = "not_visited"
    NOT_ANSWERED = "not_answered"
    ANSWERED = "answered"
    MARKED = "marked"
    ANSWERED_MARKED = "answered_marked"


class ExamEnding(StrEnum):
    """Whether an exam is over, and who ended it."""

    OPEN = ""
    CANDIDATE = "candidate"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What stands at a question that was looked at. `late` came after the end and does not count; None: nothing did."""

    answer: str = ""
    marked: bool = False
    version: int = 0
    late: str | None = None

    @property
    def state(self) -> QuestionState:
        """One of the four states of a question that was looked at."""
        if self.answer:
            return QuestionState.ANSWERED_MARKED if self.marked else QuestionState.ANSWERED
        return QuestionState.MARKED if self.marked else QuestionState.NOT_ANSWERED


@dataclass(frozen=True, slots=True)
class Exam:
    """One sitting of a paper, as it is `now`.

    `seconds`: the time allowed without extra time, which `factor` gives (1.25: a quarter more). `answers`: by the
    question's number from 1, only of those that were looked at. `at`: the question that was looked at last.
    """

    number: int
    paper: Paper
    seconds: int
    now: datetime
    made: datetime
    learner: str = ""
    factor: Decimal = Decimal(1)
    decimal_comma: bool = False
    started: datetime | None = None
    ended: datetime | None = None
    ending: ExamEnding = ExamEnding.OPEN
    at: int = 1
    answers: Mapping[int, KeptAnswer] = field(default_factory=dict)

    @property
    def clock(self) -> ExamClock:
        """What its time is reckoned by."""
        return ExamClock(self.seconds, self.factor, self.started)

    @property
    def allowed(self) -> float:
        """Seconds, with the extra time."""
        return self.clock.allowed.total_seconds()

    @property
    def left(self) -> float:
        """Seconds that are left: all of them before the start, none after the end."""
        return self.clock.left(self.now) if self.ended is None else 0.0

    @property
    def used(self) -> float:
        """Seconds from the start to the end, or to now."""
        return self.clock.used(self.ended or self.now)

    @property
    def running(self) -> bool:
        """Whether answers are taken."""
        return self.started is not None and self.ended is None

    def state(self, number: int) -> QuestionState:
        """The state of a question, by its number from 1."""
        kept = self.answers.get(number)
        return kept.state if kept else QuestionState.NOT_VISITED

    def counts(self, numbers: range | None = None) -> dict[QuestionState, int]:
        """How many questions, of these or of all, are in each state."""
        states = list(map(self.state, numbers or range(1, len(self.paper.questions) + 1)))
        return {state: states.count(state) for state in QuestionState}

    @property
    def given(self) -> dict[int, str]:
        """The answers that count."""
        return {number: kept.answer for number, kept in self.answers.items() if kept.answer}


@dataclass(frozen=True, slots=True)
class ExamPart:
    """A section of a paper: its title, and its questions by number."""

    title: str
    numbers: range


def parts(paper: Paper) -> list[ExamPart]:
    """The sections in order; a paper without any is one."""
    found, first = [], 1
    for section in paper.sections:
        found.append(ExamPart(section.title, range(first, first + section.count)))
        first += section.count
    return found or [ExamPart("All questions", range(1, len(paper.questions) + 1))]
