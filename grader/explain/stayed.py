"""An attribute that stays as it was set, though a call should have changed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..checks.compare import agree
from ..checks.log import Entry
from ..model.explanation import AnswerRelation, Likeness
from ..sandbox.inside.ops import Assign, Call, Get
from ..sandbox.inside.wire import Ref
from .asked import AskedCase, helps, returned
from .places import Places, target

Place = tuple[int, str]  # the number of an object, and its attribute


class Stayed(NamedTuple):
    """Whatever is wrong is an attribute, and what was given to its object in the beginning, or set since."""

    places: Places

    def answers(self, asked: AskedCase) -> list[Any] | None:
        """As `Candidate`."""
        before = dict(self._set(asked.entries))
        found = [before.get(place) if (place := _read(entry)) else None for entry in asked.failed]
        same = (
            value is not None and returned(entry) and agree(value, entry.actual, entry.tolerance)
            for entry, value in zip(asked.failed, found, strict=True)
        )
        return found if all(same) else None

    def _set(self, entries: Sequence[Entry]) -> Iterator[tuple[Place, Any]]:
        """The attributes that are set, in order: an object is made with some."""
        for entry in entries:
            op = entry.op
            made = op.ref.id if isinstance(op, Assign) else op.keep if isinstance(op, Call) else None
            if op is not None and made is not None:
                bound = self.places.bound(op, target(entry.call, op))
                yield from (((made, name), value) for name, value in bound.items())

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.STAYED)


def _read(entry: Entry) -> Place | None:
    """What is read, by itself or with a helper; None where nothing is."""
    op = entry.op
    if isinstance(op, Get):
        return op.ref.id, op.attr
    given = op.positional() if isinstance(op, Call) and helps(op) else []
    match given:
        case [Ref(id=number), str(name)]:
            return number, name
    return None
