"""Blind rules: ways to guess an option from the options alone, without knowing anything of the matter.

Each gives the options a score and takes the highest; where several have it, one of them at random. `options.py`
chooses options by these rules, `stats.py` reports them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

CLOSE = 0.004
"""Numbers are taken as equal that differ by less than this share: options are rounded."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_VALUE = re.compile(r"−?\d[\d,]*(?:\.\d+)?(?:/\d+)?")
_NO_DIGIT = re.compile(r"\D")


class Looks:
    """What can be seen of texts that are options or may become some; each text and each pair is looked at once.

    `steps`: the numbers of the question.
    """

    def __init__(self, texts: Sequence[str], steps: tuple[float, ...] = ()):
        self.steps = steps
        self.values = [value_of(text) for text in texts]
        self.lengths = [float(len(text)) for text in texts]
        digits = [_NO_DIGIT.sub("", text)[1:] for text in texts]
        self.zeros = [float(len(text) - len(text.rstrip("0"))) for text in digits]
        self._counts = [[text.count(digit) for digit in "0123456789"] for text in texts]
        self._pairs: dict[tuple[int, int], tuple[bool, float]] = {}

    def pair(self, i: int, j: int) -> tuple[bool, float]:
        """Of two texts that show numbers: whether one follows from the other; the share of digits that both have."""
        found = self._pairs.get((i, j))
        if found is None:
            a, b = self.values[i], self.values[j]
            assert a is not None
            assert b is not None
            both = sum(map(min, self._counts[i], self._counts[j]))
            found = related(a, b, self.steps), both / max(self.lengths[i], self.lengths[j])
            self._pairs[i, j] = self._pairs[j, i] = found
        return found


class OptionSet:
    """Some of the texts as the options of one question; `numbers`: their values, if all are numbers, none otherwise."""

    def __init__(self, looks: Looks, members: Sequence[int]):
        self.looks, self.members = looks, members
        values = [looks.values[i] for i in members]
        self.numbers = [value for value in values if value is not None] if None not in values else []

    @cached_property
    def pairs(self) -> list[list[tuple[bool, float]]]:
        """What can be seen of each option and each other one, if all are numbers."""
        pair, members = self.looks.pair, self.members
        return [[pair(i, j) for j in members] for i in members] if self.numbers else []

    def ranked(self, rank: int) -> list[float]:
        """1 for the option of this rank from below, where all are different numbers of an even four."""
        order = sorted(self.numbers)
        return [float(value == order[rank]) for value in self.numbers] if len(order) > rank else self.even()

    def even(self) -> list[float]:
        """No preference."""
        return [0.0] * len(self.members)


def option_set(texts: Sequence[str], steps: tuple[float, ...] = ()) -> OptionSet:
    """All of these texts."""
    return OptionSet(Looks(texts, steps), range(len(texts)))


def steps_of(prompt: str) -> tuple[float, ...]:
    """The numbers that a question shows, from 2 on."""
    found = {float(number.replace(",", "")) for number in _NUMBER.findall(prompt)}
    return tuple(sorted(number for number in found if number >= 2))


def value_of(text: str) -> float | None:
    """The number that an option begins with."""
    found = _VALUE.match(text)
    if not found:
        return None
    above, _, below = found[0].replace(",", "").replace("−", "-").partition("/")
    return float(above) / float(below or 1)


def related(a: float, b: float, steps: tuple[float, ...]) -> bool:
    """Whether one follows from the other by a number of the question: times, squared, plus or minus; or by 1 or 2."""
    small, large = sorted((abs(a), abs(b)))
    if a == b:
        return False
    difference, ratio = abs(a - b), large / small if small else 0.0
    if difference in (1, 2) or abs(ratio - 2) < CLOSE:
        return True
    return any(abs(ratio - k) < CLOSE * k or abs(ratio - k * k) < CLOSE * k * k or difference == k for k in steps)


def _hub(options: OptionSet) -> list[float]:
    return [float(sum([follows for follows, _ in row])) for row in options.pairs] or options.even()


def _shared(options: OptionSet) -> list[float]:
    return [sum([digits for _, digits in row]) for row in options.pairs] or options.even()


def _round(options: OptionSet) -> list[float]:
    return [options.looks.zeros[i] for i in options.members] if options.numbers else options.even()


def _length(options: OptionSet) -> list[float]:
    return [options.looks.lengths[i] for i in options.members]


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
    return float(scores[key] >= best) / sum([score >= best for score in scores])


def shares(options: OptionSet, key: int) -> dict[str, float]:
    """Of each rule."""
    return {name: share(rule(options), key) for name, rule in RULES.items()}
