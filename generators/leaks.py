"""Blind rules: ways to guess an option from the options alone, without knowing anything of the matter.

Each gives the options a score and takes the highest; where several have it, one of them at random. `options.py`
chooses options by these rules, `stats.py` reports them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

CLOSE = 0.004
"""Numbers are taken as equal that differ by less than this share: options are rounded."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class OptionSet:
    """What can be seen: the options' texts, their numbers (None: no number), and the numbers of the question."""

    texts: Sequence[str]
    values: Sequence[float | None]
    steps: tuple[float, ...]

    @cached_property
    def numbers(self) -> list[float]:
        """The values, if all are numbers; none otherwise."""
        return [value for value in self.values if value is not None] if None not in self.values else []

    def ranked(self, rank: int) -> list[float]:
        """1 for the option of this rank from below, where all are different numbers of an even four."""
        order = sorted(self.numbers)
        return [float(value == order[rank]) for value in self.numbers] if len(order) > rank else self.even()

    def even(self) -> list[float]:
        """No preference."""
        return [0.0] * len(self.texts)


def steps_of(prompt: str) -> tuple[float, ...]:
    """The numbers that a question shows, from 2 on."""
    found = {float(number.replace(",", "")) for number in _NUMBER.findall(prompt)}
    return tuple(sorted(number for number in found if number >= 2))


def value_of(text: str) -> float | None:
    """The number that an option begins with."""
    found = re.match(r"−?\d[\d,]*(?:\.\d+)?(?:/\d+)?", text)
    if not found:
        return None
    above, _, below = found[0].replace(",", "").replace("−", "-").partition("/")
    return float(above) / float(below or 1)


@lru_cache(maxsize=4096)
def related(a: float, b: float, steps: tuple[float, ...]) -> bool:
    """Whether one follows from the other by a number of the question: times, squared, plus or minus; or by 1 or 2."""
    small, large = sorted((abs(a), abs(b)))
    if a == b:
        return False
    difference, ratio = abs(a - b), large / small if small else 0.0
    if difference in (1, 2) or abs(ratio - 2) < CLOSE:
        return True
    return any(abs(ratio - k) < CLOSE * k or abs(ratio - k * k) < CLOSE * k * k or difference == k for k in steps)


@lru_cache(maxsize=4096)
def alike(text: str, other: str) -> float:
    """The share of digits that both have."""
    both = sum(min(text.count(digit), other.count(digit)) for digit in "0123456789")
    return both / max(len(text), len(other))


def _hub(options: OptionSet) -> list[float]:
    numbers = options.numbers
    return [float(sum(related(a, b, options.steps) for b in numbers)) for a in numbers] or options.even()


def _shared(options: OptionSet) -> list[float]:
    texts = options.texts if options.numbers else ()
    return [sum(alike(own, other) for other in texts) for own in texts] or options.even()


def _round(options: OptionSet) -> list[float]:
    digits = [re.sub(r"\D", "", text) for text in options.texts]
    return [float(len(text[1:]) - len(text[1:].rstrip("0"))) for text in digits] if options.numbers else options.even()


def _length(options: OptionSet) -> list[float]:
    return [float(len(text)) for text in options.texts]


def _less(rule: Callable[[OptionSet], list[float]]) -> Callable[[OptionSet], list[float]]:
    return lambda options: [-score for score in rule(options)]


RULES: dict[str, Callable[[OptionSet], list[float]]] = {
    "the hub": _hub,
    "shared digits": _shared,
    "the roundest": _round,
    "the least round": _less(_round),
    "the largest": lambda options: options.ranked(3),
    "the upper middle": lambda options: options.ranked(2),
    "the lower middle": lambda options: options.ranked(1),
    "the smallest": lambda options: options.ranked(0),
    "the longest": _length,
    "the shortest": _less(_length),
}


def share(scores: Sequence[float], key: int) -> float:
    """How often the rule is right: 1, 0, or a part where it cannot decide."""
    best = max(scores) - 1e-9
    return float(scores[key] >= best) / sum(score >= best for score in scores)


def shares(options: OptionSet, key: int) -> dict[str, float]:
    """Of each rule."""
    return {name: share(rule(options), key) for name, rule in RULES.items()}
