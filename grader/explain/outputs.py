"""What can be done to an expected answer so that a wrong one comes out: a change, a number, a factor of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from itertools import combinations_with_replacement
from math import lcm, prod
from typing import Any, NamedTuple

import numpy as np

from ..checks.compare import agree
from ..checks.log import Entry
from ..model.explanation import Likeness
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array
from .asked import AskedCase, Pair, Part
from .formulas import INPUT, OTHER_SHAPES, WHATEVER, Case, Formula, Named, common, fixed, holes, sides, weak

MOST_FACTORS = 3  # in a product that an answer is scaled by
FINEST = 36  # the largest denominator of a number that an answer is scaled by
COARSE = 4  # the same beside factors
COMMON = lcm(*range(1, COARSE + 1))  # multiple of all of these


class Change(NamedTuple):
    """A change of the expected answer; None comes out where it cannot be made."""

    what: Likeness
    value: Any
    part: Part | None
    formula: Formula

    def answers(self, asked: AskedCase) -> list[Array] | None:
        """What the answers that were wrong would be; None where it cannot be made, or they are not."""
        if not asked.answers_only:
            return None
        case = {**asked.case, INPUT: _dtype(asked)}
        return all_or_none(self._answer(entry, pair, case) for entry, pair in asked.numbers(self.part))

    def _answer(self, entry: Entry, pair: Pair | None, case: Case) -> Array | None:
        if pair is None:
            return None
        expected, actual = pair
        with np.errstate(all="ignore"):
            made = self.formula(expected, actual, case)
        if made is None:
            return None
        empty = not made.size and not actual.size  # a list without rows says nothing of its columns
        if not empty and (made.shape != actual.shape or not agree(Array(made), Array(actual), entry.tolerance)):
            return None
        return Array(self._evidence(expected, actual, made))

    def _evidence(self, expected: np.ndarray, actual: np.ndarray, made: np.ndarray) -> np.ndarray:
        """What has to have several values for this to tell anything."""
        if self.what in OTHER_SHAPES:
            return expected[common(expected, actual)] if actual.size else actual
        if self.what is Likeness.ONE_SIZE:
            return np.squeeze([n for n, m in zip(expected.shape, actual.shape, strict=True) if n == m])
        return expected if self.what in WHATEVER else made


def all_or_none(found: Iterable[Array | None]) -> list[Array] | None:
    """All of them; None as soon as one is None."""
    known: list[Array] = []
    for answer in found:
        if answer is None:
            return None
        known.append(answer)
    return known


def part_of(entry: Entry) -> int | None:
    """Which value of a tuple is wrong; None where the answer is no tuple."""
    where = entry.difference.path if entry.difference else ()
    return where[0] if isinstance(entry.expected, tuple) and where and isinstance(where[0], int) else None


def _part(first: AskedCase) -> Part | None:
    return part_of(first.failed[0]) if first.only is None else first.only.part


def changes(first: AskedCase) -> Iterator[Change]:
    """All that may have been done to the answers, the plainest first; numbers are those of this case."""
    part = _part(first)
    for what, value, formula in (*fixed(), *_measured(first, part)):
        yield Change(what, value, part, formula)


def weak_changes(first: AskedCase) -> Iterator[Change]:
    """The same; these say less than any other relation."""
    part = _part(first)
    for what, value, formula in (*weak(), *_same(first, part)):
        yield Change(what, value, part, formula)


def side_changes(first: AskedCase) -> Iterator[Change]:
    """On which side of the expected answers they lie: these say least of all."""
    for what, value, formula in sides():
        yield Change(what, value, _part(first), formula)


def _dtype(asked: AskedCase) -> np.dtype[Any] | None:
    calls = (op for op in asked.ops if isinstance(op, Call))
    values = (v for op in calls for v in (*op.positional(), *op.kwargs.values()))
    return next((v.data.dtype for v in values if isinstance(v, Array) and v.kind != "scalar"), None)


# ---------------------------------------------------------------- numbers that a case tells


def _measured(first: AskedCase, part: Part | None) -> Iterator[Named]:
    """Scaled by a number or a product of factors; more by a number or a factor."""
    _, pair = first.numbers(part)[0]
    if pair is None or pair[0].shape != pair[1].shape or not pair[0].size:
        return
    expected, actual = (x.ravel() for x in pair)
    if not (np.isfinite(expected).all() and np.isfinite(actual).all()):
        return
    largest = int(np.abs(expected).argmax())
    sizes = {n: v for n, v in first.case.items() if type(v) is int and v > 0}
    if expected[largest]:
        yield from _scaled(float(actual[largest] / expected[largest]), sizes)
    yield from _more(float(actual[largest] - expected[largest]), sizes)


def _scaled(ratio: float, sizes: Mapping[str, int]) -> Iterator[Named]:
    """By a number; by a product of factors or by one over it, perhaps times a number; by n/(n − 1) of a product."""
    if not np.isfinite(ratio) or not ratio:
        return
    yield Likeness.SCALED, _simple(ratio, FINEST) or ratio, lambda e, a, case: e * ratio
    products = [names for count in range(1, MOST_FACTORS + 1) for names in combinations_with_replacement(sizes, count)]
    for names in products:
        product = prod(sizes[n] for n in names)
        for what, of in SCALES.items():
            factor = of(product)
            if what in (Likeness.FACTOR, Likeness.PART):
                times = _coarse(ratio / factor)
            else:
                times = Fraction(1) if product > 1 and _close(factor, ratio) else None
            if times:
                formula = partial(_by_product, names, of, float(times))
                yield what, (names, times), formula


SCALES: dict[Likeness, Callable[[float], float]] = {
    Likeness.FACTOR: lambda n: n,
    Likeness.PART: lambda n: 1 / n,
    Likeness.UNBIASED: lambda n: n / (n - 1) if n > 1 else np.nan,
    Likeness.BIASED: lambda n: (n - 1) / n,
}


def _by_product(
    names: tuple[str, ...], of: Callable[[float], float], times: float, e: np.ndarray, a: np.ndarray, case: Case
) -> np.ndarray:
    return e * of(prod(case[n] for n in names)) * times


def _simple(ratio: float, most: int) -> Fraction | None:
    """The fraction of small numbers that this is, if it is one."""
    found = Fraction(ratio).limit_denominator(most)
    return found if found and _close(float(found), ratio) and abs(found.numerator) <= FINEST else None


def _coarse(ratio: float) -> Fraction | None:
    """The same for the smallest of denominators; most ratios are told apart from them quickly."""
    multiple = ratio * COMMON
    return _simple(ratio, COARSE) if _close(round(multiple), multiple) else None


def _more(gap: float, sizes: Mapping[str, int]) -> Iterator[Named]:
    if gap and float(2 * gap).is_integer():
        yield Likeness.MORE, gap, lambda e, a, case: e + gap
    for name, size in sizes.items():
        if abs(gap) == size:
            what, sign = (Likeness.ABOVE, 1) if gap > 0 else (Likeness.BELOW, -1)
            yield what, name, partial(_above, name, sign)


def _same(first: AskedCase, part: Part | None) -> Iterator[Named]:
    """One and the same number wherever it is wrong; or a factor of the case, or one over it."""
    _, pair = first.numbers(part)[0]
    if pair is None or pair[0].shape != pair[1].shape:
        return
    found = set(pair[1][~np.isclose(*pair, equal_nan=True)].tolist())
    if len(found) != 1 or not np.isfinite(number := found.pop()):
        return
    yield Likeness.HOLES, number, partial(holes, number)
    for name, size in first.case.items():
        if type(size) is int and size > 0:
            for text, power in ((f"`{name}`", 1), (f"1/`{name}`", -1)):
                if _close(size**power, number):
                    yield Likeness.SIZE, text, partial(_size, name, power)


def _size(name: str, power: int, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray | None:
    size = float(case[name]) ** power
    return np.where(np.isclose(a, size), a, e) if e.shape == a.shape else None


def _above(name: str, sign: int, e: np.ndarray, a: np.ndarray, case: Case) -> np.ndarray:
    return e + sign * float(case[name])


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-5 * abs(other)
