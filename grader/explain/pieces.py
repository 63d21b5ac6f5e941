"""What may be said where an answer is like nothing else: which of several answers are wrong, or which entry is first.

Each is put together from all wrong cases of a log, and holds on fresh ones as any other relation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..checks.compare import agree
from ..checks.log import Entry
from ..model.explanation import AnswerRelation, Likeness, Piece
from ..sandbox.inside.ops import Call
from ..sandbox.inside.wire import Array
from .asked import AskedCase, WrongPart, helps, in_words, returned, right_values

MOST_KINDS = 3  # of entries, of which the first wrong one is one
MOST_SAID = 4  # numbers of an answer that is always the same
KIND = "type"  # what tells the entries of a list of dicts apart


def last_resorts(wrong: Sequence[AskedCase]) -> list[FirstAt | Apart]:
    """All that may hold on these cases, what says most first."""
    return [found for found in (_first_at(wrong), apart(wrong)) if found is not None]


# ---------------------------------------------------------------- one and the same answer


class Always(NamedTuple):
    """One and the same answer, whatever is right."""

    value: Any

    def answers(self, asked: AskedCase) -> list[Any] | None:
        """As `Candidate`: the right answers, which are not the same."""
        if (
            asked.only is not None
            or not asked.answers_only
            or any(repr(_plain(e.actual)) != repr(self.value) for e in asked.failed)
        ):
            return None
        return [e.expected for e in asked.failed]

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.ALWAYS, value=self.value)


def always(wrong: Sequence[AskedCase]) -> list[Always]:
    """The one that may hold on these cases, if any."""
    value = _plain(wrong[0].failed[0].actual)
    return [Always(value)] if value is not None else []


def _plain(answer: Any) -> Any:
    """A short answer as Python would write it; None for any other one."""
    if isinstance(answer, Array):
        answer = answer.data.tolist() if answer.data.size <= MOST_SAID else None
    if isinstance(answer, (list, tuple)) and 0 < len(answer) <= MOST_SAID:
        parts = [_plain(part) for part in answer]
        return None if None in parts else type(answer)(parts)
    return answer if isinstance(answer, (bool, int, float, str)) else None


# ---------------------------------------------------------------- the first wrong entry


class FirstAt(NamedTuple):
    """An answer has an entry for each dict of an argument: the first wrong one is always that of one of these kinds."""

    kinds: tuple[str, ...]

    def answers(self, asked: AskedCase) -> list[Any] | None:
        """As `Candidate`: what is right before it and of another kind."""
        if not asked.answers_only:
            return None
        found: list[Any] = []
        for entry in asked.failed:
            kinds, first = _kinds(entry), _first_wrong(entry)
            if first is None or kinds is None or kinds[first] not in self.kinds:
                return None
            found += [e for e, kind in zip(entry.expected[:first], kinds, strict=False) if kind not in self.kinds]
        return found

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.FIRST_AT, value=self.kinds)


def _first_at(wrong: Sequence[AskedCase]) -> FirstAt | None:
    entries = [e for asked in wrong for e in asked.failed]
    found = [(_kinds(e), _first_wrong(e)) for e in entries]
    kinds = sorted({kinds[first] for kinds, first in found if kinds is not None and first is not None})
    return FirstAt(tuple(kinds)) if 0 < len(kinds) <= MOST_KINDS else None


def _kinds(entry: Entry) -> list[str] | None:
    """The kinds of what the entries of the answer stand for; None where they stand for nothing of the sort."""
    if not isinstance(entry.op, Call) or not isinstance(entry.expected, list):
        return None
    for value in (*entry.op.positional(), *entry.op.kwargs.values()):
        if isinstance(value, list) and len(value) == len(entry.expected) and all(isinstance(v, dict) for v in value):
            return [str(v[KIND]) for v in value] if all(KIND in v for v in value) else None
    return None


def _first_wrong(entry: Entry) -> int | None:
    """The number of the first wrong entry, if there are as many as are due."""
    sides = entry.expected, entry.actual
    if not all(isinstance(side, (list, tuple)) for side in sides) or len(sides[0]) != len(sides[1]):
        return None
    pairs = enumerate(zip(*sides, strict=True))
    return next((i for i, (one, other) in pairs if not agree(one, other, entry.tolerance)), None)


# ---------------------------------------------------------------- what is right


class Apart(NamedTuple):
    """Only some of the answers and of their values are wrong: the others are right in every case."""

    wrong: tuple[Piece, ...]
    right: tuple[Piece, ...]

    def answers(self, asked: AskedCase) -> list[Any] | None:
        """As `Candidate`: the answers that are right."""
        found = list(_pieces(asked))
        if not asked.answers_only or any(not fine and piece not in self.wrong for piece, _, fine in found):
            return None
        return [expected for piece, expected, _ in found if piece in self.right]

    def said(self) -> AnswerRelation:
        """As `Candidate`."""
        return AnswerRelation(Likeness.APART, value=(self.wrong, self.right))


def apart(wrong: Sequence[AskedCase]) -> Apart | None:
    """What is wrong in any of these cases, and what is right in all of them; None where there are not both."""
    found: dict[Piece, bool] = {}
    for asked in wrong:
        for piece, _, fine in _pieces(asked):
            found[piece] = fine and found.get(piece, True)
    bad, right = (tuple(p for p, fine in found.items() if fine == side and p.call) for side in (False, True))
    return Apart(bad, right) if bad and right and found.get(Piece(""), True) else None


def _pieces(asked: AskedCase) -> Iterator[tuple[Piece, Any, bool]]:
    """Each answer, or each value of one that has several, what is due, and whether it is right.

    A call from which nothing is due is none: what it does is seen elsewhere, and may be wrong there.
    """
    for entry in asked.entries:
        if not returned(entry) or not entry.answered or entry.expected is None:
            continue
        words = helps(entry.op) and isinstance(entry.expected, dict)
        name = entry.call if words else in_words(entry)
        if not (words or isinstance(entry.expected, tuple)) or not name:
            yield Piece(name), entry.expected, not entry.failed
            continue
        for part, fine in right_values(entry).items():
            yield Piece(name, part), WrongPart(entry.call, part).of(entry.expected), fine
