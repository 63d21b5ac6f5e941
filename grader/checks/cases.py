"""The case space: one check with factors, whose legal combinations are its cases.

    @cases(points=1, needs="conv2d", H=range(1, 7), F=range(1, 4), dtype=REAL, where=lambda H, F, **_: F <= H)
    def conv2d(submission, draw, H, F, dtype):
        \"""Any legal image, kernel and number type.\"""
        submission.conv2d(draw.digits(H, H, dtype=dtype), draw.digits(F, F))

The function is asked for every pair of factor values, and for cases that are drawn with the seed, small ones more often
than large ones. The values of a factor are listed from the simplest on: that is what "small" means here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from ..exercise import CASES
from .covering import Places, covering
from .draw import Draw
from .subject import Subject

Case = dict[str, Any]  # a value for each factor
Ask = Callable[..., None]

SKEW = 1.5  # how much more often small values are drawn: 1 is not at all


_coverings: dict[object, tuple[Places, ...]] = {}


class Cases:
    """The case space of one function or class of an exercise. `name` is that of its check."""

    def __init__(self, ask: Ask, factors: Mapping[str, Iterable[Any]], where: Callable[..., bool] | None, count: int):
        self.ask, self.where, self.count = ask, where, count
        self.name = CASES + ask.__name__
        self.factors: dict[str, tuple[Any, ...]] = {name: tuple(values) for name, values in factors.items()}
        self._sizes = [len(values) for values in self.factors.values()]

    def legal(self, case: Case) -> bool:
        """Whether the contract has such a case."""
        return self.where is None or bool(self.where(**case))

    def size(self, case: Mapping[str, Any]) -> int:
        """How far from the simplest values its factors are, in all."""
        return sum(values.index(case[name]) for name, values in self.factors.items())

    def space(self) -> Iterator[Case]:
        """All legal cases in order of size."""
        largest = sum(self._sizes) - len(self._sizes)
        for size in range(largest + 1):
            yield from (case for places in _of_size(self._sizes, size) if self.legal(case := self._case(places)))

    def run(self, submission: Subject, draw: Draw, case: Case) -> None:
        """Ask one case. Its inputs depend on the seed and on the case alone."""
        unusual = {name: value for name, value in case.items() if value != self.factors[name][0]}
        with submission.case(case, unusual):
            self.ask(submission, draw.of([*case.values()]), **case)

    def check(self, submission: Subject, draw: Draw) -> None:
        """Ask all pairs of factor values and what is drawn, all in one send: the graded check."""
        with submission.together():
            for case in self.chosen(draw):
                self.run(submission, draw, case)

    def chosen(self, draw: Draw) -> list[Case]:
        """The cases that a check asks: every pair of values, and others up to `count`."""
        places = dict.fromkeys(self.covering)
        for drawn in self._drawn(draw):
            if len(places) >= self.count:
                break
            if drawn not in places and self.legal(self._case(drawn)):
                places[drawn] = None
        return [self._case(p) for p in sorted(places, key=sum)]  # what fails first is small

    def _drawn(self, draw: Draw) -> Iterator[Places]:
        """Small cases more often than large ones, legal or not; three times as many as are wanted."""
        shape = 3 * self.count, len(self._sizes)
        found = (np.array(self._sizes) * draw.of("cases").rng.random(shape) ** SKEW).astype(int)
        return map(tuple, found.tolist())

    @property
    def covering(self) -> tuple[Places, ...]:
        """Few legal cases that have every pair of values which any legal case has; the same for every seed.

        Spaces with the same factors share them.
        """
        key = tuple(self.factors.items()), self.where
        if key not in _coverings:
            _coverings[key] = self._covered()
        return _coverings[key]

    def _covered(self) -> tuple[Places, ...]:
        named, names = self._named(), list(self.factors)
        first = {name: values[0] for name, values in self.factors.items()}

        def legal(places: Places) -> bool:
            return self.legal(first | {name: self.factors[name][i] for name, i in zip(named, places, strict=True)})

        return tuple(covering(self._sizes, legal, [names.index(name) for name in named]))

    def _named(self) -> list[str]:
        """The factors that `where` names."""
        named = inspect.signature(self.where).parameters if self.where else {}
        return [name for name in self.factors if name in named]

    def _case(self, places: Places) -> Case:
        return {name: values[i] for (name, values), i in zip(self.factors.items(), places, strict=True)}


def cases(
    *,
    points: float = 1,
    needs: str | tuple[str, ...] = (),
    count: int = 250,
    where: Callable[..., bool] | None = None,
    **factors: Iterable[Any],
) -> Callable[[Ask], Cases]:
    """Make a function of `submission`, `draw` and factors the case space of its name, and one graded check of it.

    Each factor gives its values, the simplest first; `where` says which combinations are legal; `count` cases are asked
    (every pair of values in any case). `points` and `needs` are as in `check`, and literals.
    """
    return lambda ask: Cases(ask, factors, where, count)


def _of_size(sizes: list[int], size: int) -> Iterator[Places]:
    """All places in these factors whose sum is `size`."""
    if not sizes:
        yield from [()] if size == 0 else []
        return
    rest = sum(sizes[1:]) - len(sizes) + 1
    for first in range(max(0, size - rest), min(sizes[0] - 1, size) + 1):
        yield from ((first, *others) for others in _of_size(sizes[1:], size - first))
