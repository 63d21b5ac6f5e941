"""The simplest statement over a case space's factors that says exactly which cases are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from ..model.explanation import Literal, Relation
from ..report.factors import WORDS, readable

FIRST = 3  # cases on each side, from which statements are made
LEAST = 30  # cases on each side, before anything is said
MOST = 0.5  # share of the cases that are wrong where a rule does not say that it is right
SOME = 0.25  # the same where a rule says that it is wrong only there
MOST_PLAIN = 120  # the same where a rule says only where it is right
MOST_LITERALS = 400  # of which pairs are formed

PLAIN = (Relation.IS, Relation.IS_NOT, Relation.ABOVE, Relation.BELOW)
MANNERS = ("call",)  # factors of which only what they are makes a plain sentence

Case = Mapping[str, Any]
Statement = tuple[Literal, ...]


class Tried(NamedTuple):
    """A case that was asked, and whether the submission was wrong on it."""

    case: Case
    wrong: bool


def holds(literal: Literal, case: Case) -> bool:
    """Whether a case is as the literal says."""
    value, other = case[literal.factor], literal.value
    match literal.relation:
        case Relation.IS:
            return bool(value == other)
        case Relation.IS_NOT:
            return bool(value != other)
        case Relation.ABOVE:
            return bool(value > other)
        case Relation.BELOW:
            return bool(value < other)
        case Relation.EVEN:
            return bool(value % 2 == 0)
        case Relation.ODD:
            return bool(value % 2 == 1)
        case Relation.UNLIKE:
            return bool(value != case[other])
        case Relation.LIKE:
            return bool(value == case[other])
        case Relation.ONE_OF:
            return value in other
        case Relation.NONE_OF:
            return value not in other


def says(statement: Statement, case: Case) -> bool:
    """Whether the statement calls this case wrong."""
    return all(holds(literal, case) for literal in statement)


def agrees(statement: Statement, outcomes: Sequence[Tried]) -> bool:
    """Whether it separates wrong from right on all of them."""
    return all(says(statement, o.case) == o.wrong for o in outcomes)


def both_sides(outcomes: Sequence[Tried], least: int) -> bool:
    """There are enough wrong and enough right cases."""
    wrong = sum(o.wrong for o in outcomes)
    return min(wrong, len(outcomes) - wrong) >= least


def statements(outcomes: Sequence[Tried]) -> Iterator[Statement]:
    """Those that separate wrong from right on all outcomes: of one literal, then of two."""
    wrong = [o.case for o in outcomes if o.wrong]
    right = [o.case for o in outcomes if not o.wrong]
    every = [*_literals([o.case for o in outcomes]), *_sets(wrong, right)]
    found = [x for x in every if all(holds(x, case) for case in wrong)]
    yield from ((x,) for x in found if not any(holds(x, case) for case in right))
    let_through = {x: {i for i, case in enumerate(right) if holds(x, case)} for x in found[:MOST_LITERALS]}
    for pair in combinations(let_through, 2):
        if not let_through[pair[0]] & let_through[pair[1]]:
            yield pair


def one_sided(outcomes: Sequence[Tried]) -> list[tuple[Statement, tuple[int, int]]]:
    """Those of one literal that hold for all wrong cases, and in how many of the cases that they hold for it is wrong.

    Only where that is many of them; what says most comes first.
    """
    wrong = [o.case for o in outcomes if o.wrong]
    found = (x for x in _literals([o.case for o in outcomes]) if all(holds(x, case) for case in wrong))
    shares = [((x,), share(((x,)), outcomes)) for x in found]
    telling = [(s, (inside, of)) for s, (inside, of) in shares if SOME * of <= inside and of < len(outcomes)]
    return sorted(telling, key=lambda pair: -pair[1][0] / pair[1][1])


def turned(outcomes: Sequence[Tried]) -> list[Tried]:
    """What is right for what is wrong."""
    return [Tried(o.case, not o.wrong) for o in outcomes]


def never_wrong(outcomes: Sequence[Tried], least: int) -> tuple[Statement, tuple[int, int]] | None:
    """Two literals that hold together in so many cases at least, all of them right, and how often others are wrong.

    Only where that is most of them; of several, those outside of which it is wrong most often.
    """
    wrong, right = ([o.case for o in outcomes if o.wrong == side] for side in (True, False))
    plain = [x for x in _literals([o.case for o in outcomes]) if x.relation in PLAIN][:MOST_PLAIN]
    masks = list(zip(plain, _masks(plain, wrong), _masks(plain, right), strict=True))
    inside = {
        (x, y): (rights & others).bit_count()
        for (x, bad, rights), (y, worse, others) in combinations(masks, 2)
        if x.factor != y.factor and not bad & worse
    }
    best = max(inside, key=lambda pair: inside[pair], default=None)
    if best is None or inside[best] < least:
        return None
    others = len(outcomes) - inside[best]
    return (best, (len(wrong), others)) if len(wrong) >= MOST * others else None


def _masks(literals: Sequence[Literal], cases: Sequence[Case]) -> Iterator[int]:
    """For each plain literal, a bit for each case of which it holds: tried once for each value of its factor."""
    having: dict[str, dict[Any, int]] = {name: {} for name in (cases[0] if cases else ())}
    for i, case in enumerate(cases):
        for name, value in case.items():
            having[name][value] = having[name].get(value, 0) | 1 << i
    for literal in literals:
        values = having.get(literal.factor, {}).items()
        yield sum(bits for value, bits in values if holds(literal, {literal.factor: value}))


def share(statement: Statement, outcomes: Sequence[Tried]) -> tuple[int, int]:
    """Of the cases that a statement calls wrong, how many are, and how many cases that is."""
    inside = [o for o in outcomes if says(statement, o.case)]
    return sum(o.wrong for o in inside), len(inside)


def _literals(cases: Sequence[Case]) -> Iterator[Literal]:
    """All that can be said of one factor, the plainest first."""
    values = {name: _ordered({case[name] for case in cases}) for name in cases[0]}
    for name, several in values.items():
        yield from (Literal(name, Relation.IS, v) for v in several)
    for name, several in values.items():
        if _whole(several):
            yield from (Literal(name, Relation.ABOVE, v) for v in several[:-1])
            yield from (Literal(name, Relation.BELOW, v) for v in several[1:])
    for name, several in values.items():
        if name not in MANNERS:
            yield from (Literal(name, Relation.IS_NOT, v) for v in several)
    numbers = [name for name, several in values.items() if _whole(several)]
    yield from (Literal(name, parity, None) for name in numbers for parity in (Relation.EVEN, Relation.ODD))
    for one, other in combinations(numbers, 2):
        yield from (Literal(one, relation, other) for relation in (Relation.UNLIKE, Relation.LIKE))


def _sets(wrong: Sequence[Case], right: Sequence[Case]) -> Iterator[Literal]:
    """Of each factor, the values that wrong cases have, or those that they do not have: where a few say it."""
    for name in wrong[0] if wrong else ():
        values = {case[name] for case in wrong}
        others = {case[name] for case in right} - values
        if len(values) > 1 and others and readable(name, tuple(values)):
            yield Literal(name, Relation.ONE_OF, tuple(_ordered(values)))
        elif len(values) > 1 < len(others) and name not in WORDS and readable(name, tuple(others)):
            yield Literal(name, Relation.NONE_OF, tuple(_ordered(others)))


def _ordered(values: set[Any]) -> list[Any]:
    return sorted(values) if _whole(values) else sorted(values, key=repr)


def _whole(values: set[Any] | list[Any]) -> bool:
    return all(isinstance(v, int) and not isinstance(v, bool) for v in values) and len(values) > 1
