"""Which question is asked for a card: the same one until it is answered, then another, with fresh numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generators.build import build
from generators.draw import Stream
from generators.forms import identity
from generators.model import DIFFICULTY, Question
from generators.registry import load

from .answers import PracticeAnswer
from .catalogue import generators
from .rating import OPEN_KINDS
from .related import mistake_of, topic_of

TRIES = 200  # variants looked at for one in which a mistake can be made
REMEMBERED = 6  # answers of a generator whose questions do not come again


def question_for(card: str, answers: Sequence[PracticeAnswer]) -> Question:
    """The question that comes next, after these answers.

    One in which the card's mistake can be made, where there is one. Of the topic's generators, the one not asked for
    the longest; of those never asked, the easiest. Raises KeyError where the topic has none.
    """
    mistake, first = mistake_of(card), None
    for question in _variants(card, answers):
        if not mistake or _can_show(question, mistake):
            return question
        first = first or question
    assert first is not None  # the second half of the variants may have been seen
    return first


def _variants(card: str, answers: Sequence[PracticeAnswer]) -> Iterator[Question]:
    """Fresh variants, of each generator in turn."""
    order = _order(topic_of(card), answers)
    seen = {slug: _seen(slug, answers) for slug in order}
    stream = Stream("practice", card, len(answers), answers[-1].at if answers else "")
    for number in range(TRIES):
        slug = order[number % len(order)]
        question = build(slug, stream.below(2**31), _kind(slug))
        if number >= TRIES // 2 or identity(slug, question.params) not in seen[slug]:
            yield question


def _order(topic: str, answers: Sequence[PracticeAnswer]) -> list[str]:
    last = {answer.generator: number for number, answer in enumerate(answers)}
    levels = {slug: DIFFICULTY.index(load(slug).difficulty) for slug in generators()[topic]}
    return sorted(levels, key=lambda slug: (last.get(slug, -1), levels[slug], slug))


def _kind(slug: str) -> str:
    """One whose answer cannot be guessed, where the generator has one."""
    kinds = load(slug).kinds
    return next((kind for kind in kinds if kind in OPEN_KINDS), kinds[0])


def _seen(slug: str, answers: Sequence[PracticeAnswer]) -> set[str]:
    version = load(slug).version
    given = [a for a in answers if (a.generator, a.version) == (slug, version)][-REMEMBERED:]
    return {identity(slug, build(slug, a.seed, a.kind).params) for a in given}


def _can_show(question: Question, mistake: str) -> bool:
    return any(entry.slug == mistake for entry in question.misconceptions)
