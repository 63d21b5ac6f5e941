"""Practising: what comes, the question, and what an answer changes. The terminal and the pages call the same."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from generators.build import build
from generators.draw import DrawError
from generators.marking import MarkedAnswer, mark
from generators.model import Question

from ..model import Record, record
from .answers import AnswerOutcome, PracticeAnswer, answers, remember_answer
from .asking import question_for
from .catalogue import generators
from .history import Try, tries
from .memory import Memory, day_of, memory
from .related import mistake_of, topic_of
from .today import AT_MOST, DueCard, Today, WhyDue, due_card, due_cards, today


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


@record()
class PastAnswer(Record):
    """An answer with its question, as it was asked then."""

    answer: PracticeAnswer
    asked: AskedQuestion
    reply: PracticeReply


@dataclass
class Practice:
    """What a learner has to practise at the time that `clock` tells (seconds since 1970).

    All is read anew each time, so that another command may go on in between. `topic`: only this one, due or not.
    `kept`: whether answers are remembered after this sitting. `learner`: who it is; '' is whose machine this is.
    """

    topic: str | None = None
    kept: bool = True
    learner: str = ""
    clock: Callable[[], float] = time.time
    own: list[PracticeAnswer] = field(default_factory=list)

    def answers(self) -> list[PracticeAnswer]:
        """All that was answered, the oldest first. Raises HistoryError."""
        return [*answers(self.learner), *self.own]

    def day(self) -> date:
        """The learner's day."""
        return day_of(self.clock())

    def tries(self) -> list[Try]:
        """All attempts at exercises, the oldest first. Raises HistoryError."""
        return tries(self.learner)

    def memory(self) -> Memory:
        """What is known now. Raises HistoryError."""
        return memory(self.tries(), self.answers(), self.clock())

    def today(self) -> Today:
        """Today's list, over all topics. Raises HistoryError."""
        return today(self.memory(), self.tries(), self.answers(), self.clock())

    def due(self) -> int:
        """How many questions are due today, new topics aside. Raises HistoryError."""
        done = sum(day_of(answer.at) == self.day() for answer in self.answers())
        return min(sum(card.owed for card in due_cards(self.memory(), self.day())), max(AT_MOST - done, 0))

    def next(self) -> AskedQuestion | None:
        """What comes now; None where nothing is due. Raises HistoryError."""
        list_ = self.today()
        if self.topic is None:
            card = next(iter(list_.due), None)
        else:
            card = next(due_cards(self.memory(), list_.day, self.topic), DueCard(self.topic, WhyDue.CHOSEN))
        return AskedQuestion(card, question_for(card.key, self.answers())) if card else None

    def again(self, card: str, generator: str, kind: str, seed: int) -> AskedQuestion:
        """A question that was asked for a card before: its page is sent back with the answer. Raises LookupError."""
        known = self.memory()
        if generator not in generators().get(topic_of(card), ()) or (mistake_of(card) and card not in known.cards):
            raise LookupError(card)
        return AskedQuestion(due_card(card, known, self.day()), _made(generator, kind, seed))

    def marked(self, asked: AskedQuestion, given: str) -> MarkedAnswer:
        """The answer's marks; '' gives the question up. What cannot be read is `unreadable`, and changes nothing."""
        return mark(asked.question, given)

    def answer(
        self, asked: AskedQuestion, given: str, seconds: float | None = None, helped: bool = False
    ) -> PracticeReply:
        """Remember an answer that can be read, once, if it is sent again too. Raises HistoryError."""
        marked = self.marked(asked, given)
        self._remember(self._answer(asked, given, marked, seconds, helped))
        return PracticeReply(marked, self.memory().cards[asked.card.key].due)

    def learn(self, question: Question, given: str) -> None:
        """Remember an answer to a question of a quiz or an exam, once. Raises HistoryError.

        What was left open or is read by a person says nothing, nor does a question that is not drawn here.
        """
        marked = mark(question, given)
        known = question.generator in generators().get(question.topic, ())
        if known and marked.outcome in ("right", "wrong", "partial"):
            asked = AskedQuestion(DueCard(question.topic, WhyDue.CHOSEN), question)
            self._remember(self._answer(asked, given, marked, None, False))

    def place(self, asked: AskedQuestion) -> int:
        """Which of the answers, counted from 0, this question got. Raises HistoryError."""
        q = asked.question
        variant = (asked.card.key, q.generator, q.version, str(q.kind), q.seed)
        return next(number for number, one in enumerate(self.answers()) if one.variant == variant)

    def past(self, number: int) -> PastAnswer:
        """One of the answers, counted from 0, with what was known when it was given. Raises LookupError."""
        every = self.answers()
        one = every[number]
        question = _made(one.generator, one.kind, one.seed)
        if question.version != one.version:
            raise LookupError(f"{one.generator} has changed since")
        before = memory([t for t in self.tries() if t.at <= one.at], every[:number], one.at)
        asked = AskedQuestion(due_card(one.card, before, day_of(one.at)), question)
        return PastAnswer(one, asked, PracticeReply(mark(question, one.given), self.memory().cards[one.card].due))

    def _remember(self, answer: PracticeAnswer) -> None:
        """Once: a form may be sent twice, and a result looked at again."""
        if answer.variant in {one.variant for one in self.answers()}:
            return
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
            learner=self.learner,
        )


def _made(generator: str, kind: str, seed: int) -> Question:
    try:
        return build(generator, seed, kind)
    except (KeyError, ValueError, DrawError) as error:
        raise LookupError(f"{generator} {kind} {seed}") from error


def _outcome(marked: MarkedAnswer) -> AnswerOutcome:
    if marked.outcome == "blank":
        return AnswerOutcome.GIVEN_UP
    return AnswerOutcome.RIGHT if marked.outcome == "right" else AnswerOutcome.WRONG
