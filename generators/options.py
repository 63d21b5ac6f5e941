"""Options of an MCQ that give nothing away: of several sets, the one that fits best what blind rules should find.

Drawn for each question are the rank of the key, sets of wrong answers around it, and a goal for each blind rule
(`leaks.py`): to find the key as often, or as seldom, as it can among these sets, with the chance of a guess in the
mean. So a rule is right about as often as chance, and avoiding what it points to helps no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from .answer_values import AnswerValues
from .authoring import Wrong
from .draw import Redraw, Stream
from .leaks import RULES, Looks, OptionSet, option_set, share

DISTRACTORS, SETS, DOUBLES = 3, 12, 3
EDITION = 3
"""Which way of choosing options this is; part of what a seed's options hang on."""
CHANCE, FINE = 0.25, 10**6
"""Of a guess; the parts that a draw is made in."""
FAR = 2.0
"""How far from its goal a set may be (see `WEIGHTS`) before other parameters are drawn."""
WEIGHTS = {"the hub": 4.0, "shared digits": 2.0, "the roundest": 2.5, "the least round": 2.5, "the longest": 3.0,
           "the shortest": 3.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """What options are chosen from. `wrong`: different wrong answers that can be; `text`: how a value is shown.

    `strict`: only where the key can stand at every rank.
    """

    values: AnswerValues
    wrong: Sequence[Wrong]
    text: Callable[[Any], str]
    steps: tuple[float, ...]
    strict: bool = False

    @property
    def key(self) -> Any:
        """The right answer."""
        return self.values.ask.key

    def allows(self, value: Any, forms: set[Any]) -> bool:
        """Whether a number may be an option beside those with these forms."""
        values = self.values
        return values.ask.can_be(value) and values.sensible(value) and values.form(value) not in forms


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
    rank = stream.below(DISTRACTORS + 1)
    pool = [*wrong, *_doubles(choice, stream)]
    looks = Looks([choice.text(value) for value in (choice.key, *(entry.value for entry in pool))], choice.steps)
    above = [entry.value > choice.key for entry in pool]
    if choice.strict and not DISTRACTORS <= sum(above) <= len(pool) - DISTRACTORS:
        raise Redraw("the key cannot stand at every rank")
    sets = _sets([i for i, is_ in enumerate(above, 1) if not is_], [i for i, is_ in enumerate(above, 1) if is_],
                 rank, stream)  # fmt: skip
    return [pool[i - 1] for i in _nearest(looks, sets, stream, choice.strict)]


def _nearest(looks: Looks, sets: list[list[int]], stream: Stream, strict: bool) -> list[int]:
    """The set whose rules are nearest to their goals; the key stands first."""
    options = [OptionSet(looks, (0, *found)) for found in sets]
    off, told = [0.0] * len(sets), 0.0
    for name, weight in WEIGHTS.items():
        rates = [share(RULES[name](option), 0) for option in options]
        goal = _goal(min(rates), max(rates), stream)
        off = [sum_ + weight * abs(rate - goal) for sum_, rate in zip(off, rates, strict=True)]
        told += weight * max(0.0, min(rates) - CHANCE)
    best = min(off)
    if strict and best + told > FAR:
        raise Redraw("blind rules would find too much")
    return sets[off.index(best)]


def told_by_length(texts: list[str], key: int, stream: Stream) -> bool:
    """Whether the longest or the shortest of these lines is the key more often than a draw for this question allows."""
    options = option_set(texts)
    goals = {name: float(stream.below(4) == 0) for name in ("the longest", "the shortest")}
    return any(abs(share(RULES[name](options), key) - goal) > 0.5 for name, goal in goals.items())


def _goal(least: float, most: float, stream: Stream) -> float:
    """How often a rule should be right: the least or the most that the sets allow; in the mean as often as a guess."""
    if most <= CHANCE or least >= CHANCE:
        return most if most <= CHANCE else least
    return most if stream.below(FINE) < FINE * (CHANCE - least) / (most - least) else least


def _sets(below: list[int], above: list[int], rank: int, stream: Stream) -> list[list[int]]:
    """Sets of three with so many below the key, or as near to it as the values on its two sides allow."""
    least, most = max(0, DISTRACTORS - len(above)), min(DISTRACTORS, len(below))
    wanted = rank if least <= rank <= most else stream.integer(least, most)
    return [stream.sample(below, wanted) + stream.sample(above, DISTRACTORS - wanted) for _ in range(SETS)]


def _doubles(choice: Choice, stream: Stream) -> list[Wrong]:
    """Two mistakes at once: one slip away from other wrong answers, not from the key. As many below it as above."""
    found: list[Wrong] = []
    key, sides = choice.key, Counter[bool]()
    forms = {choice.values.form(entry.value) for entry in choice.wrong}
    slips = [(entry, _is_factor(key, entry.value)) for entry in choice.wrong]
    for (one, times), (other, too) in stream.shuffled(list(combinations(slips, 2))):
        value = _whole(Fraction(one.value) * other.value / key, key) if times and too else one.value + other.value - key
        if sides[value > key] == DOUBLES or not choice.allows(value, forms):
            continue
        slug, why = f"{one.slug}-and-{other.slug}", f"Two mistakes at once. {one.why} {other.why}"
        found.append(Wrong(value, slug, why))
        forms.add(choice.values.form(value))
        sides[value > key] += 1
        if len(found) == 2 * DOUBLES:
            break
    return found + _mirrored(choice, [entry.value for entry in (*choice.wrong, *found)], forms, stream)


def _mirrored(choice: Choice, values: list[Any], forms: set[Any], stream: Stream) -> list[Wrong]:
    """Where fewer than three values lie on a side of the key: mistakes of the other side, made the other way round."""
    found: list[Wrong] = []
    sides = Counter(value > choice.key for value in values)
    for entry in stream.shuffled(choice.wrong):
        value = _turned(choice.key, entry.value)
        above = value > choice.key
        if sides[above] < DISTRACTORS and choice.allows(value, forms):
            found.append(Wrong(value, f"{entry.slug}-reversed", f"A mistake made the other way round. {entry.why}"))
            forms.add(choice.values.form(value))
            sides[above] += 1
    return found


def _turned(key: int | Fraction, value: int | Fraction) -> int | Fraction:
    """As far from the key as the value, on the other side: by a factor, where the value is one times the key."""
    return _whole(Fraction(key) * key / value, key) if _is_factor(key, value) else 2 * key - value


def _is_factor(key: int | Fraction, value: int | Fraction) -> bool:
    """Whether one is a multiple of the other."""
    if not key or not value:
        return False
    ratio = Fraction(value) / key
    return 1 in (ratio.numerator, ratio.denominator)


def _whole(value: Fraction, key: int | Fraction) -> int | Fraction:
    """A whole number, where the key is one and this is."""
    return int(value) if value.denominator == 1 and isinstance(key, int) else value
