"""How many variants a generator has, and whether its key can be guessed: positions of the key, simple rules."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .build import build, rebuild
from .draw import DrawError, Redraw, enumerate_space
from .model import Question, QuestionKind, exact
from .paper import identity
from .registry import load

SAMPLE = 400
LARGEST_SPACE = 50_000
UNLIKELY = 0.001
"""A balance or a rule is called a leak if chance alone would give it less often than this."""
MATTERS = 0.15
COMMON = 0.05
"""How often one fixed answer may be right, in kinds without options, before it is called a leak."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to guess without knowing anything. `hits` of `tries` were right; `chance`: of one guess at random."""

    name: str
    hits: int
    tries: int
    chance: float

    @property
    def rate(self) -> float:
        """How often it is right."""
        return self.hits / self.tries if self.tries else 0.0

    @property
    def leaks(self) -> bool:
        """Whether it beats chance by more than luck explains, and by enough to matter."""
        return self.rate >= self.chance + MATTERS and tail(self.hits, self.tries, self.chance) < UNLIKELY


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
        found = [f"{rule.name}: right {rule.hits} of {rule.tries} times, chance {rule.chance:.0%}"
                 for rule in self.rules if rule.leaks]  # fmt: skip
        if self.balance is not None and self.balance < UNLIKELY:
            found.append(f"key positions are uneven (p = {self.balance:.1g})")
        return found


def stats(slug: str, sample: int = SAMPLE) -> Iterator[Stats]:
    """For each kind as which this generator may be asked; from seeds 0 … sample − 1.

    Raises:
        KeyError: if there is no such generator.
    """
    for kind in load(slug).kinds:
        questions = [build(slug, seed, kind) for seed in range(sample)]
        keys = _keys(kind, questions)
        yield Stats(
            slug, kind, variants(slug, kind), len({identity(slug, q.params) for q in questions}), len(questions), keys,
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
        yield from (_guess(name, pick, questions) for name, pick in GUESSES.items())
    elif kind in (QuestionKind.NAT, QuestionKind.MATRIX, QuestionKind.EXPRESSION):
        answers = Counter(str(question.answer) for question in questions)
        answer, hits = answers.most_common(1)[0]
        yield Rule(f"always {answer[:30]}", hits, len(questions), COMMON)
    elif kind == QuestionKind.MSQ:
        sizes = Counter(len(question.answer) for question in questions)
        size, hits = sizes.most_common(1)[0]
        most = max(len(question.options) for question in questions)
        yield Rule(f"always {size} right", hits, len(questions), max(1 / most, 0.5))


Texts = list[str]


def _extreme(value: Callable[[str], Any], largest: bool) -> Callable[[Texts], int | None]:
    """The place of the only largest or smallest; None if there is none."""

    def pick(texts: Texts) -> int | None:
        values = [value(text) for text in texts]
        if None in values:
            return None
        best = (max if largest else min)(values)
        return values.index(best) if values.count(best) == 1 else None

    return pick


def _value(text: str) -> Fraction | None:
    """The number that an option begins with."""
    words = text.replace(",", "").replace("−", "-").split()
    number = exact(words[0]) if words else None
    return Fraction(number) if isinstance(number, (int, Fraction)) else None


def _middle(larger: bool) -> Callable[[Texts], int | None]:
    def pick(texts: Texts) -> int | None:
        values = [value for text in texts if (value := _value(text)) is not None]
        if len(set(values)) < len(texts):
            return None
        ranked = sorted(values)
        return values.index(ranked[len(ranked) // 2 if larger else (len(ranked) - 1) // 2])

    return pick


GUESSES: dict[str, Callable[[Texts], int | None]] = {
    "the largest": _extreme(_value, True),
    "the smallest": _extreme(_value, False),
    "the upper middle": _middle(True),
    "the lower middle": _middle(False),
    "the longest": _extreme(len, True),
    "the shortest": _extreme(len, False),
}


def _guess(name: str, pick: Callable[[Texts], int | None], questions: list[Question]) -> Rule:
    """Counts only the questions in which the rule names an option."""
    hits = tries = 0
    chances = 0.0
    for question in questions:
        place = pick([option.text for option in question.options])
        if place is not None:
            tries += 1
            chances += 1 / len(question.options)
            hits += question.options[place].key == question.answer
    return Rule(name, hits, tries, chances / tries if tries else 0.25)


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
