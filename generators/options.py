"""Options of an MCQ that give nothing away: of several sets, the one that fits best what blind rules should find.

A goal is drawn for each question: at which rank the key stands, and which blind rules (`leaks.py`) point to it, each
with the chance of a guess. So a rule is right about as often as chance, and avoiding what it points to helps no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from .authoring import Wrong
from .draw import Redraw, Stream
from .leaks import RULES, OptionSet, share, value_of

DISTRACTORS, SETS, DOUBLES = 3, 12, 3
EDITION = 2
"""Which way of choosing options this is; part of what a seed's options hang on."""
FAR = 6.0
"""How far from its goal a set may be (see `WEIGHTS`) before other parameters are drawn."""
RANKS = ("the smallest", "the lower middle", "the upper middle", "the largest")
WEIGHTS = {"the hub": 4.0, "shared digits": 2.0, "the roundest": 2.5, "the least round": 2.5, "the longest": 3.0,
           "the shortest": 3.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What options are chosen from. `wrong`: different wrong answers that can be; `text`: how a value is shown.

    `allowed`: whether a value may be an option beside these. `strict`: only where the key can stand at every rank.
    """

    key: Any
    wrong: Sequence[Wrong]
    text: Callable[[Any], str]
    allowed: Callable[[Any, Sequence[Any]], bool]
    steps: tuple[float, ...]
    strict: bool = False


def choose(choice: Choice, stream: Stream) -> list[Wrong]:
    """Three wrong answers.

    Raises:
        Redraw: if there are not that many; if `strict`, not on both sides of the key.
    """
    wrong = list(choice.wrong)
    if len(wrong) < DISTRACTORS:
        raise Redraw(f"only {len(wrong)} different wrong answers")
    if not isinstance(choice.key, (int, Fraction)):
        return stream.sample(wrong, DISTRACTORS)
    goal = _goal(stream)
    pool = [*wrong, *_doubles(choice, stream)]
    shown = {id(entry): choice.text(entry.value) for entry in pool}
    key = choice.text(choice.key)

    def distance(found: list[Wrong]) -> float:
        return _distance([key, *(shown[id(entry)] for entry in found)], choice.steps, goal)

    below = sum(entry.value < choice.key for entry in pool)
    if choice.strict and not DISTRACTORS <= below <= len(pool) - DISTRACTORS:
        raise Redraw("the key cannot stand at every rank")
    best, _, found = min((distance(found), i, found) for i, found in enumerate(_sets(choice.key, pool, goal, stream)))
    if choice.strict and best > FAR:
        raise Redraw("blind rules would find too much")
    return found


def told_by_length(texts: list[str], key: int, stream: Stream) -> bool:
    """Whether the longest or the shortest of these lines is the key more often than a draw for this question allows."""
    options = OptionSet(texts, [None] * len(texts), ())
    goals = {name: float(stream.below(4) == 0) for name in ("the longest", "the shortest")}
    return any(abs(share(RULES[name](options), key) - goal) > 0.5 for name, goal in goals.items())


def _goal(stream: Stream) -> dict[str, float]:
    """Which rules should be right."""
    rank = stream.pick(RANKS)
    return {name: float(name == rank if name in RANKS else stream.below(4) == 0) for name in RULES}


def _sets(key: Any, pool: list[Wrong], goal: dict[str, float], stream: Stream) -> list[list[Wrong]]:
    """Sets of three with the key at its rank, or as near to it as the values allow."""
    above = [entry for entry in pool if entry.value > key]
    below = [entry for entry in pool if entry.value < key]
    wanted = next(rank for rank, name in enumerate(RANKS) if goal[name])
    least, most = max(0, DISTRACTORS - len(above)), min(DISTRACTORS, len(below))
    if not least <= wanted <= most:
        wanted = stream.integer(least, most)
    return [stream.sample(below, wanted) + stream.sample(above, DISTRACTORS - wanted) for _ in range(SETS)]


def _distance(texts: list[str], steps: tuple[float, ...], goal: dict[str, float]) -> float:
    """How far the rules are from their goal; the key stands first."""
    options = OptionSet(texts, [value_of(text) for text in texts], steps)
    return sum(weight * abs(share(RULES[name](options), 0) - goal[name]) for name, weight in WEIGHTS.items())


def _doubles(choice: Choice, stream: Stream) -> list[Wrong]:
    """Two mistakes at once: one slip away from other wrong answers, not from the key. As many below it as above."""
    found: list[Wrong] = []
    values, sides = [entry.value for entry in choice.wrong], Counter[bool]()
    for one, other in stream.shuffled(list(combinations(choice.wrong, 2))):
        value = _both(choice.key, one.value, other.value)
        if sides[value > choice.key] == DOUBLES or not choice.allowed(value, values):
            continue
        slug, why = f"{one.slug}-and-{other.slug}", f"Two mistakes at once. {one.why} {other.why}"
        found.append(Wrong(value, slug, why))
        values.append(value)
        sides[value > choice.key] += 1
    return found + _mirrored(choice, [entry.value for entry in (*choice.wrong, *found)], stream)


def _mirrored(choice: Choice, values: list[Any], stream: Stream) -> list[Wrong]:
    """Where fewer than three values lie on a side of the key: mistakes of the other side, made the other way round."""
    found: list[Wrong] = []
    for entry in stream.shuffled(choice.wrong):
        value = _turned(choice.key, entry.value)
        side = sum((other > choice.key) == (value > choice.key) for other in values)
        if side < DISTRACTORS and choice.allowed(value, values):
            found.append(Wrong(value, f"{entry.slug}-reversed", f"A mistake made the other way round. {entry.why}"))
            values.append(value)
    return found


def _turned(key: int | Fraction, value: int | Fraction) -> int | Fraction:
    """As far from the key as the value, on the other side: by a factor, where the value is one times the key."""
    if key and value and _is_factor(key, value):
        turned = Fraction(key) * key / value
        return int(turned) if turned.denominator == 1 and isinstance(key, int) else turned
    return 2 * key - value


def _is_factor(key: int | Fraction, value: int | Fraction) -> bool:
    ratio = Fraction(value) / key
    return 1 in (ratio.numerator, ratio.denominator)


def _both(key: int | Fraction, one: int | Fraction, other: int | Fraction) -> int | Fraction:
    """Factors multiply, where both mistakes are one; differences add."""
    if key and one and other and _is_factor(key, one) and _is_factor(key, other):
        product = Fraction(one) * other / key
        return int(product) if product.denominator == 1 and isinstance(key, int) else product
    return one + other - key
