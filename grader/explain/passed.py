"""An answer that is one of the call's own arguments: what should be done to it was not, or was done to a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ..checks.compare import Tolerance, agree, as_array
from ..checks.log import Entry
from ..model.explanation import AnswerRelation, Likeness
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array
from .asked import AskedCase, helps
from .places import Bound, Places, target


class PassedOn(NamedTuple):
    """An argument, as it was passed; its number type may be another."""

    argument: str
    places: Places

    def answers(self, asked: AskedCase) -> list[Any] | None:
        """As `Candidate`."""
        if not asked.answers_only:
            return None
        found: list[Any] = []
        for entry in asked.failed:
            given = _arguments(entry, self.places).get(self.argument)
            if given is None or not _same(given, asked.part(entry.actual), entry.tolerance):
                return None
            found.append(given)
        return found

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.PASSED_ON, value=self.argument)


def passed_on(first: AskedCase, places: Places) -> Iterator[PassedOn]:
    """Each argument of the call that was answered wrong in this case."""
    if first.failed:
        yield from (PassedOn(name, places) for name in _arguments(first.failed[0], places))


def _arguments(entry: Entry, places: Places) -> Bound:
    """The arguments of a call of the submission, by the names in the contract."""
    if not isinstance(entry.op, Call) or helps(entry.op):
        return {}
    return places.bound(entry.op, target(entry.call, entry.op))


def _same(given: Any, answer: Any, tolerance: Tolerance) -> bool:
    one, other = (as_array(side, tensors=True) for side in (given, answer))
    if one is None or other is None or not {one.dtype.kind, other.dtype.kind} <= set("biuf"):
        return agree(given, answer, tolerance)
    return agree(Array(one.astype(np.float64)), Array(other.astype(np.float64)), tolerance)
