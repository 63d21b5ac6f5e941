"""What to practise after a mistake in code, and in which order topics are met: `exercises/practise.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from ..exercise import EXERCISES, Exercise, in_chapter_order
from ..model import Record, record
from .catalogue import generators

FILE = EXERCISES / "practise.toml"


@record()
class Related(Record):
    """What belongs to an exercise: its topics of questions, and the cards of its mistakes.

    A mistake without cards of its own belongs to the first topic; one with none is not to be practised by questions.
    """

    topics: tuple[str, ...]
    cards: Mapping[str, tuple[str, ...]]  # by the mistake's slug

    def of(self, mistake: str) -> tuple[str, ...]:
        """The cards that this mistake is about."""
        return self.cards.get(mistake, self.topics[:1])


@cache
def related() -> dict[str, Related]:
    """By exercise, in the chapter's order; what the table does not have is known by the exercise's own topics."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    every = {exercise.slug: exercise for exercise in in_chapter_order()}
    listed = {slug: _related(table) for slug, table in data.items() if slug in every}
    return {slug: listed.get(slug) or _by_topics(exercise) for slug, exercise in every.items()}


def _by_topics(exercise: Exercise) -> Related:
    return Related(tuple(topic for topic in exercise.topics if topic in generators()), {})


def cards_of(exercise: str, mistake: str) -> tuple[str, ...]:
    """What to practise after this mistake in this exercise; nothing for an exercise that is not there."""
    return related()[exercise].of(mistake) if exercise in related() else ()


def _related(table: dict[str, list[str]]) -> Related:
    topics, nothing = table.pop("topics"), table.pop("nothing", [])
    cards: dict[str, tuple[str, ...]] = dict.fromkeys(nothing, ())
    for card, mistakes in table.items():
        for mistake in mistakes:
            cards[mistake] = (*cards.get(mistake, ()), card)
    return Related(tuple(topics), cards)


def topic_of(card: str) -> str:
    """The topic of a card: `convolution` of `convolution/kernel-flipped`."""
    return card.partition("/")[0]


def mistake_of(card: str) -> str:
    """The mistake that a card is about, '' for a topic's."""
    return card.partition("/")[2]
