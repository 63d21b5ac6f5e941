"""Where in an answer the wrong values are, or of which sign: the last row, the border, wherever it should be negative.

These say less than what the answer is instead. What is right besides is the evidence: it has to have several values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from ..checks.compare import agree
from ..checks.log import Entry
from ..model.explanation import AnswerRelation, Likeness
from ..sandbox.inside.wire import Array
from .asked import AskedCase, Pair, Part
from .outputs import all_or_none, part_of

ENDS = {"first": 0, "last": -1}
LINES = {"row": -2, "column": -1}
LEADING = ("first", "second")  # axes before rows and columns that have no name

Mask = np.ndarray
Rest = Callable[[np.ndarray], "Mask | None"]  # of an expected answer, what is right; None where there is no such region


class Confined(NamedTuple):
    """Right in all of a part of the answer: what is wrong lies elsewhere."""

    what: Likeness
    value: str
    part: Part | None
    rest: Rest

    def answers(self, asked: AskedCase) -> list[Array] | None:
        """As `Candidate`: what is right beside the wrong values."""
        if not asked.answers_only:
            return None
        return all_or_none(self._right(entry, pair) for entry, pair in asked.numbers(self.part))

    def _right(self, entry: Entry, pair: Pair | None) -> Array | None:
        if pair is None or pair[0].shape != pair[1].shape:
            return None
        rest = self.rest(pair[0])
        if rest is None:
            return None
        expected, actual = (Array(side[rest]) for side in pair)
        return expected if agree(expected, actual, entry.tolerance) else None

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(self.what, value=self.value, part=self.part)


def confined(first: AskedCase) -> Iterator[Confined]:
    """What the wrong values of a case may be confined to, the smallest first."""
    part = part_of(first.failed[0]) if first.only is None else first.only.part
    _, pair = first.numbers(part)[0]
    if pair is not None and pair[0].shape == pair[1].shape:
        yield from _all(pair[0].ndim, part)


def _all(ndim: int, part: Part | None) -> Iterator[Confined]:
    names = list(_regions(ndim))
    yield from (Confined(Likeness.ONLY_AT, name, part, partial(_outside, name)) for name in names)
    if ndim:
        yield from (Confined(Likeness.ONLY_WHERE, sign, part, partial(_unlike, sign)) for sign in SIGNS)
    yield from (Confined(Likeness.RIGHT_AT, name, part, partial(_inside, name)) for name in reversed(names))


def telling(several: Sequence[AskedCase], found: Confined) -> bool:
    """Whether it holds on these cases, and there are several values beside the wrong ones."""
    told = False
    for asked in several:
        if (right := found.answers(asked)) is None:
            return False
        told = told or any(len(set(values.data.tolist())) > 1 for values in right)
    return told


SIGNS: dict[str, Callable[[np.ndarray], Mask]] = {
    "0": lambda e: e == 0,
    "negative": lambda e: e < 0,
    "positive": lambda e: e > 0,
    "not negative": lambda e: e >= 0,
    "not positive": lambda e: e <= 0,
}


def _unlike(sign: str, expected: np.ndarray) -> Mask:
    return ~SIGNS[sign](expected)


def _outside(name: str, expected: np.ndarray) -> Mask | None:
    inside = _region(name, expected.shape)
    return None if inside is None else ~inside


def _inside(name: str, expected: np.ndarray) -> Mask | None:
    return _region(name, expected.shape)


@cache
def _region(name: str, shape: tuple[int, ...]) -> Mask | None:
    """The values of a region, in an answer of this shape."""
    inside = _regions(len(shape)).get(name)
    if inside is None or 0 in shape:
        return None
    found = np.zeros(shape, bool)
    for index in inside:
        found[index] = True
    return found


@cache
def _regions(ndim: int) -> dict[str, list[tuple[Any, ...]]]:
    """The regions of an answer with so many axes, the smallest first: what has to be indexed for each."""
    if ndim == 1:
        return {f"{end} value": [(index,)] for end, index in ENDS.items()}
    if ndim < 1:
        return {}
    lines = {f"{end} {name}": [_at(axis, index)] for end, index in ENDS.items() for name, axis in LINES.items()}
    leading = {
        f"{end} entry along the {ordinal} axis": [(*[slice(None)] * axis, index)]
        for axis, ordinal in enumerate(LEADING[: ndim - 2])
        for end, index in ENDS.items()
    }
    values = {f"{end} value": [(index,) * ndim] for end, index in ENDS.items()}
    pairs = {f"{end} row and {end} column": lines[f"{end} row"] + lines[f"{end} column"] for end in ENDS}
    return values | lines | leading | pairs | {"border": [index for line in lines.values() for index in line]}


def _at(axis: int, index: int) -> tuple[Any, ...]:
    return (..., index, slice(None)) if axis == -2 else (..., index)
