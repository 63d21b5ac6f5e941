"""Where a learner stands with each topic of questions."""

from __future__ import annotations

from datetime import date

from ..model import Record, record
from .memory import Memory, MemoryCard
from .related import mistake_of, topic_of


@record()
class TopicStanding(Record):
    """A topic, as far as it was asked for (None where only code has shown mistakes), and the mistakes made in it."""

    topic: str
    card: MemoryCard | None
    mistakes: tuple[MemoryCard, ...]

    @property
    def due(self) -> date:
        """The first day on which something of it comes."""
        return min(card.due for card in (self.card, *self.mistakes) if card is not None)


def standings(known: Memory) -> list[TopicStanding]:
    """Each topic that was met, those that are fading most first."""
    found = [_standing(topic, known) for topic in {topic_of(key) for key in known.cards}]
    return sorted(found, key=lambda s: (s.card.tomorrow if s.card else 0.0, s.topic))


def _standing(topic: str, known: Memory) -> TopicStanding:
    mistakes = [c for key, c in sorted(known.cards.items()) if topic_of(key) == topic and mistake_of(key)]
    return TopicStanding(topic, known.cards.get(topic), tuple(mistakes))
