"""A paper: different questions of mixed generators, made again from its seed alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from .build import build
from .draw import DrawError, Stream
from .model import Kind, Question
from .registry import load, slugs

TRIES = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """Questions in order, with the seed they come from."""

    title: str
    seed: int
    questions: tuple[Question, ...]

    @property
    def marks(self) -> int:
        """The highest possible score."""
        return sum(question.marks for question in self.questions)

    @property
    def minutes(self) -> float:
        """The estimated working time."""
        return sum(question.minutes for question in self.questions)

    def as_json(self) -> dict[str, Any]:
        """Title, seed, marks, minutes and the questions with their keys."""
        questions = [question.as_json() for question in self.questions]
        return {"title": self.title, "seed": self.seed, "marks": self.marks, "minutes": self.minutes,
                "questions": questions}


def choose(
    generators: Collection[str] = (), topics: Collection[str] = (), kinds: Collection[str] = ()
) -> list[tuple[str, tuple[Kind, ...]]]:
    """The generators that fit, with the kinds they may be asked as; an empty filter lets all through.

    Raises:
        ValueError: if a name is unknown or nothing fits.
    """
    if unknown := set(generators) - set(slugs()):
        raise ValueError(f"no generator is called {', '.join(sorted(unknown))}")
    fitting = []
    for slug in slugs():
        generator = load(slug)
        allowed = tuple(kind for kind in generator.kinds if not kinds or kind in kinds)
        if allowed and (not generators or slug in generators) and (not topics or generator.topic in topics):
            fitting.append((slug, allowed))
    if not fitting:
        raise ValueError("no generator fits; topics are " + ", ".join(sorted({load(slug).topic for slug in slugs()})))
    return fitting


def make_paper(
    count: int,
    seed: int,
    *,
    generators: Collection[str] = (),
    topics: Collection[str] = (),
    kinds: Collection[str] = (),
    title: str = "Practice questions",
) -> Paper:
    """`count` questions, no variant twice, the generators as evenly mixed as the count allows.

    Raises:
        ValueError: if nothing fits.
        DrawError: if there are not that many different variants.
    """
    fitting = choose(generators, topics, kinds)
    made: list[Question] = []
    used: set[str] = set()
    while len(made) < count:
        round_ = Stream("paper", seed, "order", len(made)).shuffled(fitting)
        fresh = [_fresh(slug, allowed, seed, len(made) + i, used) for i,
                 (slug, allowed) in enumerate(round_[: count - len(made)])]
        found = [question for question in fresh if question]
        if not found:
            raise DrawError(f"there are only {len(made)} different questions of this choice")
        made += found
    return Paper(title, seed, tuple(made))


def _fresh(slug: str, kinds: tuple[Kind, ...], seed: int, place: int, used: set[str]) -> Question | None:
    """A variant whose parameters are not used yet, or None after `TRIES` repetitions."""
    stream = Stream("paper", seed, "variant", place, slug)
    for _ in range(TRIES):
        question = build(slug, stream.below(2**31), stream.pick(kinds))
        name = f"{slug} {question.params}"
        if name not in used:
            used.add(name)
            return question
    return None
