"""Asks a submission further cases of a case space that it failed: ever simpler ones, and fresh ones for a rule."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from ..checks.cases import Cases
from ..checks.draw import Draw
from ..checks.log import Entry, Log
from ..checks.subject import Stop, Subject
from ..model.explanation import FactorRule
from .rules import FIRST, LEAST, Statement, Tried, agrees, both_sides, statements

AT_ONCE = 20  # cases in one go
MOST_ROUNDS = 12  # in which a wrong case is made simpler
MOST_CASES = 700  # that are asked in all
MOST_CASES_TORCH = 80  # where one costs more: no rule is looked for
FRESH = 200  # cases that confirm a rule
MOST_RULES = 12  # candidates that are put to the test

NewSubject = Callable[[], Subject]


class Search:
    """One case space, and the submission that failed it.

    `started` gives a subject for some more cases; `most` are asked in all.
    """

    def __init__(self, space: Cases, started: NewSubject, draw: Draw, most: int = MOST_CASES):
        self.space, self.started, self.draw, self.left = space, started, draw, most

    def smallest(self, log: Log) -> Entry | None:
        """What goes wrong on the smallest wrong case; None where the submission does not do the same again.

        From a wrong one of the log, one factor after the other is made simpler as long as that is still wrong.
        """
        wrong = [o.case for o in _outcomes(log.entries) if o.wrong]
        best = self._first_wrong([min(wrong, key=self.space.size)]) if wrong else None
        for _ in range(MOST_ROUNDS):
            simpler = self._first_wrong(self._simpler(best.case)) if best is not None and best.case else None
            if simpler is None:
                break
            best = simpler
        return best

    def _simpler(self, case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The legal cases with a simpler value for one factor, the smallest first."""
        values = self.space.factors.items()
        tried = ({**case, name: v} for name, all_values in values for v in all_values[: all_values.index(case[name])])
        return sorted((c for c in tried if self.space.legal(dict(c))), key=self.space.size)

    def _first_wrong(self, cases: Sequence[Mapping[str, Any]]) -> Entry | None:
        for start in range(0, len(cases), AT_ONCE):
            for entry in self._asked(cases[start : start + AT_ONCE], self.draw):
                if entry.failed:
                    return entry
        return None

    def trace(self, case: Mapping[str, Any]) -> list[Entry]:
        """All that one case asks, with the answers."""
        self.left += 1
        return self._asked([case], self.draw)

    def rule(self, log: Log) -> FactorRule | None:
        """The simplest statement that holds for what the log of the check has, and for fresh cases."""
        outcomes = _outcomes(log.entries)
        if not both_sides(outcomes, FIRST) or self.left < FRESH:
            return None
        candidates = list(islice(statements(outcomes), MOST_RULES))
        if not candidates:
            return None
        fresh = _outcomes(self._asked(list(islice(self._drawn(), FRESH)), self.draw.of("fresh")))
        if len(fresh) < FRESH or not both_sides([*outcomes, *fresh], LEAST):
            return None
        found: Statement | None = next((s for s in candidates if agrees(s, fresh)), None)
        return FactorRule(found, len(outcomes) + len(fresh)) if found is not None else None

    def _drawn(self) -> Iterator[Mapping[str, Any]]:
        """Fresh legal cases, over and over."""
        for number in range(20):
            yield from self.space.chosen(self.draw.of(f"fresh {number}"))

    def _asked(self, cases: Sequence[Mapping[str, Any]], draw: Draw) -> list[Entry]:
        """The entries of these cases; fewer where the submission does not come to their end."""
        found: list[Entry] = []
        cases = cases[: max(self.left, 0)]
        self.left -= len(cases)
        for start in range(0, len(cases), AT_ONCE):
            subject = self.started()
            with contextlib.suppress(Stop):
                with subject.together():
                    for case in cases[start : start + AT_ONCE]:
                        self.space.run(subject, draw, dict(case))
                subject.settle()
            found += subject.log.entries
            if any(e.failure is not None and e.failure.fatal for e in subject.log.entries):
                break
        return found


def _outcomes(entries: Sequence[Entry]) -> list[Tried]:
    """Each case once: wrong if anything that was asked for it was."""
    wrong: dict[int, Tried] = {}
    for entry in entries:
        if entry.case is not None:
            before = wrong.get(id(entry.case))
            wrong[id(entry.case)] = Tried(entry.case, entry.failed or (before is not None and before.wrong))
    return list(wrong.values())
