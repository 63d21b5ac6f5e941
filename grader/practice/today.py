"""Today's list: what is due, why it comes, and no more than a bound a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from ..model import Record, record
from .answers import PracticeAnswer
from .catalogue import generators
from .history import Try
from .memory import Lapse, Memory, MemoryCard, day_of
from .related import mistake_of, related, topic_of

AT_MOST = 12  # questions a day
NEW = 2  # topics a day that were never asked for


class WhyDue(StrEnum):
    """Why a question comes."""

    CODE = "code"  # a mistake in code
    ANSWER = "answer"  # a wrong answer
    FADING = "fading"  # it was known, some time ago
    NEW = "new"  # the topic was never asked for
    CHOSEN = "chosen"  # somebody asked for the topic


@record()
class DueCard(Record):
    """What is due and why: the lapse of CODE and ANSWER, the day on which it was last known for FADING."""

    key: str
    why: WhyDue
    owed: int = 1
    lapse: Lapse | None = None
    last: date | None = None

    @property
    def topic(self) -> str:
        """The topic of its questions."""
        return topic_of(self.key)


@record()
class Today(Record):
    """What comes today, how many questions were answered today, and the day on which more is due, if ever.

    `waiting` are the cards that are due as well, but beyond the day's bound; `coming` the questions of those that are
    due on the next day.
    """

    day: date
    due: tuple[DueCard, ...]
    done: int
    waiting: int
    coming: int
    later: date | None

    @property
    def questions(self) -> int:
        """How many questions it takes, if all are right."""
        return sum(card.owed for card in self.due)


def today(known: Memory, tries: Sequence[Try], answers: Sequence[PracticeAnswer], now: float) -> Today:
    """The list: mistakes first, then topics, those that are fading most before the others, then new topics."""
    day = day_of(now)
    done = sum(day_of(answer.at) == day for answer in answers)
    every = list(due_cards(known, day))
    left, due = AT_MOST - done, list[DueCard]()
    for card in [*every, *_new(known, tries, day, {card.topic for card in every})]:
        if card.owed <= left:
            due.append(card)
            left -= card.owed
    waiting = len(every) - sum(card.why is not WhyDue.NEW for card in due)
    next_day = day + timedelta(days=1)
    coming = sum(card.owed for card in due_cards(known, next_day) if known.cards[card.key].due == next_day)
    return Today(day, tuple(due), done, waiting, coming, None if due else _later(known, tries, day))


def due_cards(known: Memory, day: date, topic: str | None = None) -> Iterator[DueCard]:
    """All that is due, of one topic or of all. A topic comes with its mistakes, where one of them is due."""
    cards = [c for c in known.cards.values() if c.due <= day and topic in (None, topic_of(c.key)) and _asked(c.key)]
    mistakes = {topic_of(card.key) for card in cards if mistake_of(card.key)}
    for card in sorted(cards, key=lambda c: (not mistake_of(c.key), c.recall, c.key)):
        if mistake_of(card.key) or card.key not in mistakes:
            yield _due(card)


def due_card(key: str, known: Memory, day: date) -> DueCard:
    """Why this card comes on this day: it is due, it is new, or somebody asked for it."""
    due = {card.key: card for card in due_cards(known, day)}
    return due.get(key, DueCard(key, WhyDue.CHOSEN if key in known.cards else WhyDue.NEW))


def _due(card: MemoryCard) -> DueCard:
    """A mistake comes because it was made; a topic too, as long as it was not known since."""
    lapse = card.lapse
    if lapse is None or (not mistake_of(card.key) and not card.waits):
        return DueCard(card.key, WhyDue.FADING, card.owed, last=card.last)
    return DueCard(card.key, WhyDue.CODE if lapse.exercise else WhyDue.ANSWER, card.owed, lapse, card.last)


def _new(known: Memory, tries: Sequence[Try], day: date, met: Collection[str]) -> Iterator[DueCard]:
    """New topics, but for those that are met today with their mistakes."""
    begun = sum(card.first == day and not mistake_of(card.key) for card in known.cards.values())
    fresh = [topic for topic in topics(tries) if topic not in known.cards and topic not in met]
    yield from (DueCard(topic, WhyDue.NEW) for topic in fresh[: max(NEW - begun, 0)])


def _later(known: Memory, tries: Sequence[Try], day: date) -> date | None:
    """The next day on which something comes: more of today's, a new topic, or the first card that is due."""
    if any(due_cards(known, day)) or any(topic not in known.cards for topic in topics(tries)):
        return day + timedelta(days=1)
    return min((card.due for card in known.cards.values() if _asked(card.key)), default=None)


def topics(tries: Sequence[Try] = ()) -> list[str]:
    """All topics that questions can be asked on: of the exercises that were tried, then in the chapter's order."""
    tried = {one.exercise for one in tries}
    places = sorted(related().items(), key=lambda item: item[0] not in tried)
    chapter = [topic for _, one in places for topic in one.topics]
    return list(dict.fromkeys([*chapter, *sorted(generators(), key=str.lower)]))


def _asked(key: str) -> bool:
    """Whether there are questions on it: a topic can have gone since it was practised."""
    return topic_of(key) in generators()
