"""Pairwise covering: few cases in which every two values of two factors meet."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Sequence

Places = tuple[int, ...]  # of a case's values in their factors

TRIES = 60  # to complete a pair to a legal case


def covering(sizes: Sequence[int], legal: Callable[[Places], bool], bound: Collection[int]) -> list[Places]:
    """Few legal cases of factors with so many values; every pair of values that any legal case has is in one of them.

    `bound` are the factors that `legal` looks at. Greedy: each case has the first pair that is still missing, and as
    many other missing ones as can be. The same whenever it is called.
    """
    order = sorted(range(len(sizes)), key=lambda f: (f not in bound, -sizes[f]))  # what is not legal shows first
    back = sorted(range(len(sizes)), key=order.__getitem__)

    def ordered(places: Places) -> Places:
        return tuple([places[f] for f in back])

    found = _Covering([sizes[f] for f in order], lambda places: legal(ordered(places)), len(bound))
    return [ordered(places) for places in found.cases()]


class _Covering:
    """Every value of every factor has a bit; `missing[f][v]` are the bits of the values that v has still to meet."""

    def __init__(self, sizes: Sequence[int], legal: Callable[[Places], bool], bound: int):
        self.sizes, self.legal, self.bound = sizes, legal, bound
        starts = [sum(sizes[:f]) for f in range(len(sizes))]
        self.bits = [[1 << (start + v) for v in range(size)] for start, size in zip(starts, sizes, strict=True)]
        self.place = {bit: (f, v) for f, row in enumerate(self.bits) for v, bit in enumerate(row)}
        everything = (1 << sum(sizes)) - 1
        self.missing = [[everything - sum(own)] * len(own) for own in self.bits]
        self.chance = random.Random(everything).random

    def cases(self) -> Iterator[Places]:
        """One case after the other, until nothing is missing."""
        for f, size in enumerate(self.sizes):
            for value in range(size):
                while wanted := self.missing[f][value]:
                    partner = wanted & -wanted
                    case = self._completed(dict([(f, value), self.place[partner]]))
                    if case is None:  # no legal case has both
                        self.missing[f][value] -= partner
                        other, v = self.place[partner]
                        self.missing[other][v] -= self.bits[f][value]
                        continue
                    self._met(case)
                    yield case

    def _completed(self, start: dict[int, int]) -> Places | None:
        """A legal case with these values; None if none is found."""
        for attempt in range(TRIES):
            case, so_far = [], sum([self.bits[f][v] for f, v in start.items()])
            for f, size in enumerate(self.sizes):
                if f in start:
                    value = start[f]
                elif attempt and f < self.bound:
                    value = int(self.chance() * size)
                else:
                    value = self._best(f, so_far)
                so_far |= self.bits[f][value]
                case.append(value)
            if self.legal(found := tuple(case)):
                return found
        return None

    def _best(self, f: int, so_far: int) -> int:
        """The value that misses most of what has been chosen; one of them at random."""
        gains = [(missing & so_far).bit_count() for missing in self.missing[f]]
        most = max(gains)
        best = [value for value, gain in enumerate(gains) if gain == most]
        return best[int(self.chance() * len(best))]

    def _met(self, case: Places) -> None:
        together = sum([self.bits[f][value] for f, value in enumerate(case)])
        for f, value in enumerate(case):
            self.missing[f][value] &= ~together
