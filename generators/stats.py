"""How many variants a generator has, and whether its key can be guessed: positions of the key, simple rules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .authoring import Ask
from .build import build, rebuild
from .draw import DrawError, Redraw, enumerate_space
from .forms import identity
from .leaks import option_set, shares, steps_of
from .model import Question, QuestionKind
from .registry import load

SAMPLE = 400
LARGEST_SPACE = 50_000
UNLIKELY = 0.001
"""A balance or a rule is called a leak if chance alone would give it less often than this."""
MATTERS = 0.07
"""How much more often than by chance a blind rule may be right: in 32 % of the questions with four options."""
COMMON = 0.05
"""How often one fixed answer may be right, in kinds without options, before it is called a leak."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to guess without knowing anything. `hits` of `tries` were right; `chance`: of one guess at random.

    `matters`: how much more often it may be right before that is a leak.
    """

    name: str
    hits: float
    tries: int
    chance: float
    matters: float = 0.15

    @property
    def rate(self) -> float:
        """How often it is right."""
        return self.hits / self.tries if self.tries else 0.0

    @property
    def leaks(self) -> bool:
        """Whether it beats chance by more than luck explains, and by enough to matter."""
        return self.rate >= self.chance + self.matters and tail(round(self.hits), self.tries, self.chance) < UNLIKELY


@dataclass(frozen=True, slots=True)
class Stats:
    """One generator as one kind. `variants`: exact, or None for a space that is not enumerated; then `seen` is how many
    different ones the sample held. `keys`: how often the key stood at each place; `balance`: the chance of a balance as
    bad as this if all places were equally likely (chi-square)."""

    generator: str
    kind: QuestionKind
    variants: int | None
    seen: int
    sample: int
    keys: dict[str, int]
    balance: float | None
    rules: tuple[Rule, ...]

    @property
    def leaks(self) -> list[str]:
        """What an author should look at."""
        found = [f"{rule.name}: right {rule.hits:.0f} of {rule.tries} times, chance {rule.chance:.0%}"
                 for rule in self.rules if rule.leaks]  # fmt: skip
        if self.balance is not None and self.balance < UNLIKELY:
            found.append(f"key positions are uneven (p = {self.balance:.1g})")
        return found


def stats(slug: str, sample: int = SAMPLE, *, counted: bool = True) -> Iterator[Stats]:
    """For each kind as which this generator may be asked; from seeds 0 … sample − 1. `counted`: variants too.

    Raises:
        KeyError: if there is no such generator.
    """
    for kind in load(slug).kinds:
        questions = [build(slug, seed, kind) for seed in range(sample)]
        keys = _keys(kind, questions)
        number, seen = variants(slug, kind) if counted else None, {identity(slug, q.params) for q in questions}
        yield Stats(
            slug, kind, number, len(seen), len(questions), keys,
            chi_square(list(keys.values())) if keys else None, tuple(_rules(kind, questions)),
        )  # fmt: skip


def variants(slug: str, kind: QuestionKind) -> int | None:
    """The exact number of different questions of a finite space; None where parameters are made by a recipe.

    Parameters from which no question of this kind can be made (too few different wrong options) do not count.
    """
    generator = load(slug)
    space = enumerate_space(generator.space, generator.where)
    if space is None:
        return None
    found: set[str] = set()
    for number, params in enumerate(space):
        if number >= LARGEST_SPACE:
            return None
        if name := _name(slug, params, kind, found):
            found.add(name)
    return len(found)


def _name(slug: str, params: dict[str, Any], kind: QuestionKind, known: set[str]) -> str | None:
    """What identifies the question of these parameters; None if it is known, or there is none."""
    try:
        name = identity(slug, params)
        if name not in known:
            rebuild(slug, params, kind=kind)
            return name
    except (DrawError, Redraw):
        pass
    return None


def _keys(kind: QuestionKind, questions: list[Question]) -> dict[str, int]:
    """MCQ: where the key stands. MSQ: how often each place is right."""
    if kind not in (QuestionKind.MCQ, QuestionKind.MSQ) or not questions:
        return {}
    counts = Counter(key for question in questions for key in question.answer)
    places = max((question.options for question in questions), key=len)
    return {option.key: counts[option.key] for option in places}


def _rules(kind: QuestionKind, questions: list[Question]) -> Iterator[Rule]:
    if kind == QuestionKind.MCQ:
        yield from _blind(questions)
    elif kind in (QuestionKind.NAT, QuestionKind.MATRIX, QuestionKind.EXPRESSION):
        answers = Counter(str(question.answer) for question in questions)
        answer, hits = answers.most_common(1)[0]
        yield Rule(f"always {answer[:30]}", hits, len(questions), COMMON)
    elif kind == QuestionKind.MSQ:
        sizes = Counter(len(question.answer) for question in questions)
        size, hits = sizes.most_common(1)[0]
        most = max(len(question.options) for question in questions)
        yield Rule(f"always {size} right", hits, len(questions), max(1 / most, 0.5))


def _blind(questions: list[Question]) -> Iterator[Rule]:
    """Every rule of `leaks.py`, and leaving out what cannot be: how often they are right."""
    hits: Counter[str] = Counter()
    for question in questions:
        for name, found in guesses(question).items():
            hits[name] += found  # type: ignore[assignment]
    chance = sum(1 / len(question.options) for question in questions) / len(questions)
    for name, found in hits.items():
        yield Rule(name, found, len(questions), chance, MATTERS)


def guesses(question: Question) -> dict[str, float]:
    """Blind rule → how often it finds the key of this MCQ: 1, 0, or a part where it cannot decide."""
    texts = [option.text for option in question.options]
    key = next(place for place, option in enumerate(question.options) if option.key == question.answer)
    found = shares(option_set(texts, steps_of(question.prompt)), key)
    return found | {"what can be": 1 / possible(question)}


def possible(question: Question) -> int:
    """How many options of an MCQ can be at all."""
    body = load(question.generator)(**question.params)
    if not isinstance(body, Ask):
        return len(question.options)
    values = {entry.slug: entry.value for entry in question.misconceptions} | {None: body.key}
    return sum(body.can_be(values[option.misconception]) for option in question.options)


def tail(hits: int, tries: int, chance: float) -> float:
    """The probability of at least so many hits by luck (binomial)."""
    return sum(math.comb(tries, k) * chance**k * (1 - chance) ** (tries - k) for k in range(hits, tries + 1))


def chi_square(counts: list[int]) -> float:
    """The probability of counts at least as uneven as these if all places are equally likely (Pearson)."""
    total = sum(counts)
    if len(counts) < 2 or not total:
        return 1.0
    mean = total / len(counts)
    x = sum((count - mean) ** 2 for count in counts) / mean
    return upper_gamma((len(counts) - 1) / 2, x / 2)


def upper_gamma(a: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q, 2a a whole number.

    By Q(a + 1, x) = Q(a, x) + x^a e^−x / Γ(a + 1) from Q(1/2, x) = erfc √x or Q(1, x) = e^−x.
    """
    step = 0.5 if a % 1 else 1.0
    q = math.erfc(math.sqrt(x)) if step == 0.5 else math.exp(-x)
    while step < a:
        q += math.exp(step * math.log(x) - x - math.lgamma(step + 1)) if x else 0.0
        step += 1
    return q
