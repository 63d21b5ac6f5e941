"""What a learner knows and when it is due: FSRS cards for topics and mistakes, shared by questions and code.

Nothing of it is stored. It is computed anew from all attempts and answers, so it holds for what was done before
anybody practised, and for what two commands do at once. Days are the learner's own, and begin at four in the morning.

A mistake in code, and a wrong answer, put a card to the next day. There it takes two right answers in a row to let go;
one, where it was known before and is only forgotten. Code counts against only: who has just been told a mistake and
puts it right has not remembered anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from ..model import Record, record
from .answers import AnswerOutcome, PracticeAnswer
from .history import Try
from .rating import RecallRating, rate
from .related import cards_of

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

RETENTION = 0.9  # a card is due when this is the chance to know it
DAY_BEGINS = timedelta(hours=4)
STEPS = (timedelta(days=1), timedelta(0))  # after a mistake: tomorrow, and once more on that day
AGAIN_STEPS = STEPS[:1]  # after a wrong answer to what was known: tomorrow
Event: TypeAlias = Try | PracticeAnswer


@record()
class Lapse(Record):
    """When a card went wrong, and how: a mistake in an exercise's code, or in a question of a generator."""

    at: float
    title: str = ""
    exercise: str = ""


@dataclass(slots=True)
class MemoryCard:
    """A topic or a mistake. `first`, `last` are the days of its first and last review, `due` that of its next.

    `owed` is how many right answers it takes until it lets go of the day. `lapse` is the last time it went wrong;
    `waits` is whether nobody was asked since.
    """

    key: str
    first: date
    last: date
    due: date
    owed: int = 1
    waits: bool = False
    asked: int = 0
    right: int = 0
    lapse: Lapse | None = None
    recall: float = 1.0  # the chance to know it on the day that the memory was asked for
    tomorrow: float = 1.0  # and on the day after: on a day of practice all has just been seen


@dataclass
class Memory:
    """All cards, as events make them."""

    retention: float = RETENTION
    cards: dict[str, MemoryCard] = field(default_factory=dict)
    states: dict[str, Card] = field(default_factory=dict)

    @cached_property
    def scheduler(self) -> Scheduler:
        """Made when the first thing is to be remembered: importing it takes as long as grading begins."""
        from fsrs import Scheduler

        return Scheduler(
            desired_retention=self.retention, learning_steps=STEPS, relearning_steps=AGAIN_STEPS, enable_fuzzing=False
        )

    def tried(self, one: Try) -> None:
        """Each mistake is a lapse of its cards, but not again before they were practised."""
        for mistake in one.mistakes:
            for key in cards_of(one.exercise, mistake.slug):
                if key not in self.cards or not self.cards[key].waits:
                    card = self.mistaken(key, day_of(one.at))
                    card.lapse = Lapse(one.at, mistake.title, one.exercise)

    def mistaken(self, key: str, day: date) -> MemoryCard:
        """A mistake in code: the card begins anew, and takes two right answers."""
        from fsrs import State

        card = self.review(key, RecallRating.AGAIN, day)
        self.states[key].state, card.owed = State.Learning, len(STEPS)
        return card

    def answered(self, one: PracticeAnswer) -> None:
        """A review of the topic, of what the question was asked for, and of the mistake that it showed."""
        rating, shown = rate(one), f"{one.topic}/{one.mistake}" if one.mistake else ""
        for key in dict.fromkeys(key for key in (one.topic, one.card, shown) if key):
            card = self.review(key, rating, day_of(one.at))
            card.asked += 1
            card.right += one.outcome is AnswerOutcome.RIGHT
            if rating == RecallRating.AGAIN:
                card.lapse = Lapse(one.at, one.mistake.replace("-", " "))

    def review(self, key: str, rating: RecallRating, day: date) -> MemoryCard:
        """Let FSRS learn that a card was known, or not, on this day. Easy is no way around the second question."""
        from fsrs import Card, Rating, State

        before = self.states.get(key) or Card(card_id=0, step=len(STEPS) - 1, due=_moment(day))
        rating = min(rating, RecallRating.GOOD) if before.step == 0 else rating
        state, _ = self.scheduler.review_card(before, Rating(rating), _moment(day))
        card = self.cards.setdefault(key, MemoryCard(key, day, day, day))
        self.states[key] = state
        card.last, card.due, card.waits = day, state.due.date(), rating == RecallRating.AGAIN
        card.owed = len(STEPS) - state.step if state.state == State.Learning and state.step is not None else 1
        return card

    def recalled(self, day: date) -> Memory:
        """The same, with the chance of each card on this day."""
        for key, card in self.cards.items():
            card.recall, card.tomorrow = (
                float(self.scheduler.get_card_retrievability(self.states[key], _moment(day + timedelta(days=later))))
                for later in (0, 1)
            )
        return self


def memory(tries: Iterable[Try], answers: Iterable[PracticeAnswer], now: float) -> Memory:
    """What is known at a time (seconds since 1970), from all that was done before."""
    made = Memory()
    events: list[Event] = sorted((*tries, *answers), key=lambda event: event.at)
    for event in events:
        if isinstance(event, Try):
            made.tried(event)
        else:
            made.answered(event)
    return made.recalled(day_of(now))


def day_of(at: float) -> date:
    """The learner's day at a time: at two in the morning it is still the one before."""
    return (datetime.fromtimestamp(at) - DAY_BEGINS).date()


def _moment(day: date) -> datetime:
    """A day as FSRS takes it: all are whole days apart."""
    return datetime.combine(day, time(0), UTC)
