"""Practising: what comes, the question, and what an answer changes. The terminal and the pages call the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from generators.marking import MarkedAnswer, mark
from generators.model import Question

from ..model import Record, record
from .answers import AnswerOutcome, PracticeAnswer, answers, remember_answer
from .asking import question_for
from .history import Try, tries
from .memory import Memory, day_of, memory
from .today import DueCard, Today, WhyDue, due_cards, today


@record()
class AskedQuestion(Record):
    """A question, and what it comes for."""

    card: DueCard
    question: Question


@record()
class PracticeReply(Record):
    """What came of an answer: as it was marked, and the day on which its card comes again."""

    marked: MarkedAnswer
    again: date


@dataclass
class Practice:
    """What a learner has to practise at the time that `clock` tells (seconds since 1970).

    All is read anew each time, so that another command may go on in between. `topic`: only this one, due or not.
    `kept`: whether answers are remembered after this sitting.
    """

    topic: str | None = None
    kept: bool = True
    clock: Callable[[], float] = time.time
    own: list[PracticeAnswer] = field(default_factory=list)

    def answers(self) -> list[PracticeAnswer]:
        """All that was answered, the oldest first. Raises HistoryError."""
        return [*answers(), *self.own]

    def day(self) -> date:
        """The learner's day."""
        return day_of(self.clock())

    def memory(self) -> Memory:
        """What is known now. Raises HistoryError."""
        return memory(tries(), self.answers(), self.clock())

    def today(self) -> Today:
        """Today's list, over all topics. Raises HistoryError."""
        found: list[Try] = tries()
        return today(memory(found, self.answers(), self.clock()), found, self.answers(), self.clock())

    def next(self) -> AskedQuestion | None:
        """What comes now; None where nothing is due. Raises HistoryError."""
        list_ = self.today()
        if self.topic is None:
            card = next(iter(list_.due), None)
        else:
            card = next(due_cards(self.memory(), list_.day, self.topic), DueCard(self.topic, WhyDue.CHOSEN))
        return AskedQuestion(card, question_for(card.key, self.answers())) if card else None

    def marked(self, asked: AskedQuestion, given: str) -> MarkedAnswer:
        """The answer's marks; '' gives the question up. What cannot be read is `unreadable`, and changes nothing."""
        return mark(asked.question, given)

    def answer(
        self, asked: AskedQuestion, given: str, seconds: float | None = None, helped: bool = False
    ) -> PracticeReply:
        """Remember an answer that can be read, once, if it is sent again too. Raises HistoryError."""
        marked = self.marked(asked, given)
        answer = self._answer(asked, given, marked, seconds, helped)
        if answer.variant not in {one.variant for one in self.answers()}:
            self._remember(answer)
        return PracticeReply(marked, self.memory().cards[asked.card.key].due)

    def _remember(self, answer: PracticeAnswer) -> None:
        if self.kept:
            remember_answer(answer)
        else:
            self.own.append(answer)

    def _answer(
        self, asked: AskedQuestion, given: str, marked: MarkedAnswer, seconds: float | None, helped: bool
    ) -> PracticeAnswer:
        q = asked.question
        return PracticeAnswer(
            at=self.clock(),
            card=asked.card.key,
            topic=q.topic,
            generator=q.generator,
            version=q.version,
            kind=str(q.kind),
            seed=q.seed,
            given=given,
            outcome=_outcome(marked),
            mistake=marked.misconception.slug if marked.misconception else "",
            seconds=seconds,
            minutes=q.minutes,
            helped=helped,
        )


def _outcome(marked: MarkedAnswer) -> AnswerOutcome:
    if marked.outcome == "blank":
        return AnswerOutcome.GIVEN_UP
    return AnswerOutcome.RIGHT if marked.outcome == "right" else AnswerOutcome.WRONG
