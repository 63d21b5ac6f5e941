"""Pairwise covering: few cases in which every two values of two factors meet."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

Places = tuple[int, ...]  # of a case's values in their factors

TRIES = 60  # to complete a pair to a legal case
FEW, LONG = 4, 20  # so many legal ones are compared; after so many tries, what there is


def covering(sizes: Sequence[int], legal: Callable[[Places], bool], bound: Sequence[int]) -> list[Places]:
    """Few legal cases of factors with so many values; every pair of values that any legal case has is in one of them.

    `legal` is given the values of the factors that are `bound`, in that order. Greedy: each case has the first pair
    that is still missing, and as many other missing ones as can be. The same whenever it is called.
    """
    first = sorted(range(len(bound)), key=lambda n: -sizes[bound[n]])  # what is not legal shows first
    order = [bound[n] for n in first]
    order += sorted((f for f in range(len(sizes)) if f not in bound), key=lambda f: -sizes[f])
    back = sorted(range(len(sizes)), key=order.__getitem__)
    asked = sorted(range(len(bound)), key=first.__getitem__)

    def is_legal(values: Sequence[int]) -> bool:
        return legal(tuple([values[n] for n in asked]))

    found = _Covering([sizes[f] for f in order], is_legal, len(bound))
    return [tuple([places[f] for f in back]) for places in found.cases()]


class _Covering:
    """Every value of every factor has a bit; `missing[f][v]` are the bits of the values that v has still to meet."""

    def __init__(self, sizes: Sequence[int], legal: Callable[[Sequence[int]], bool], bound: int):
        self.sizes, self.legal, self.bound = sizes, legal, bound
        starts = [sum(sizes[:f]) for f in range(len(sizes))]
        self.bits = [[1 << (start + v) for v in range(size)] for start, size in zip(starts, sizes, strict=True)]
        self.place = {bit: (f, v) for f, row in enumerate(self.bits) for v, bit in enumerate(row)}
        everything = (1 << sum(sizes)) - 1
        self.missing = [[everything - sum(own)] * len(own) for own in self.bits]
        self.having: list[list[list[Places]]] = [[[] for _ in row] for row in self.bits]  # the cases of each value
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
        case = self._legal_part(start)
        return tuple(self._continued(case, start, len(self.sizes))) if case is not None else None

    def _legal_part(self, start: dict[int, int]) -> list[int] | None:
        """Values of the bound factors for a legal case that begins so, of a few those that meet most; or None."""
        found: list[tuple[int, list[int]]] = []
        for attempt in range(TRIES):
            case = self._part(start, attempt)
            if self.legal(case):
                found.append((self._gain(case), case))
            if found and (attempt in (0, LONG) or len(found) == FEW):
                break
        return max(found, key=lambda scored: scored[0])[1] if found else None

    def _part(self, start: dict[int, int], attempt: int) -> list[int]:
        """What to try: first the best values, then any; sometimes those of a case that begins with one of the pair."""
        known = [case for f, v in start.items() for case in self.having[f][v]] if attempt % 4 == 3 else []
        if attempt == 0:
            case = self._continued([], start, self.bound)
        elif known:
            case = list(known[int(self.chance() * len(known))][: self.bound])
        else:
            case = [int(self.chance() * size) for size in self.sizes[: self.bound]]
        for f, value in start.items():
            if f < self.bound:
                case[f] = value
        return case

    def _continued(self, case: list[int], start: dict[int, int], end: int) -> list[int]:
        """A case up to the factor `end`, with the values of its start, and else the best."""
        case, so_far = [*case], self._bits(start.items()) | self._bits(enumerate(case))
        for f in range(len(case), end):
            value = start[f] if f in start else self._best(f, so_far)
            so_far |= self.bits[f][value]
            case.append(value)
        return case

    def _bits(self, values: Iterable[tuple[int, int]]) -> int:
        return sum([self.bits[f][value] for f, value in values])

    def _gain(self, case: list[int]) -> int:
        """How many missing pairs these values have."""
        together = self._bits(enumerate(case))
        return sum([(self.missing[f][value] & together).bit_count() for f, value in enumerate(case)])

    def _best(self, f: int, so_far: int) -> int:
        """The value that misses most of what has been chosen; one of them at random."""
        gains = [(missing & so_far).bit_count() for missing in self.missing[f]]
        most = max(gains)
        best = [value for value, gain in enumerate(gains) if gain == most]
        return best[int(self.chance() * len(best))]

    def _met(self, case: Places) -> None:
        together = self._bits(enumerate(case))
        for f, value in enumerate(case):
            self.missing[f][value] &= ~together
            self.having[f][value].append(case)
