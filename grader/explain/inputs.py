"""What can be done to a call so that the reference gives the wrong answer: an option at its default, `b` of zeros …"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations
from math import prod
from typing import Any, NamedTuple

import numpy as np

from ..model.explanation import Likeness
from ..sandbox.inside.ops import Call, Op
from ..sandbox.inside.wire import Array, Name
from .arguments import MISSING, Rule, number_of, rules
from .asked import AskedCase, helps
from .places import Bound, CallTarget, Places, placed

MODES = {"train": "eval", "eval": "train"}


class Substitution(NamedTuple):
    """A change of the calls. `made` gives the operations with it; None where nothing changes, or it cannot be made.

    `after` is done to an answer to them: it gets the expected one and the case, too.
    """

    what: Likeness
    argument: str
    value: Any
    made: Callable[[AskedCase], list[Op] | None]
    after: Callable[[Any, Any, Mapping[str, Any]], Any] | None = None


def substitutions(asked: AskedCase, places: Places, factors: Mapping[str, Sequence[Any]]) -> Iterator[Substitution]:
    """All that can be done to the arguments of one case, the plainest first.

    Of a helper that puts together what there is to see, only those that students know; of one that prepares an object
    and gives nothing, none: no answer of the student's is the right one to another seed.
    """
    found: list[tuple[int, Substitution]] = []
    seen: set[tuple[CallTarget, str]] = set()
    helping = {id(entry.op) for entry in asked.entries if helps(entry.op) and isinstance(entry.expected, dict)}
    known = {*asked.case, *places.words}
    preparing = {id(entry.op) for entry in asked.entries if helps(entry.op) and entry.expected is None}
    for op, place in placed(asked):
        if id(op) in preparing:
            continue
        if isinstance(op, Call) and op.attr in MODES:
            found.append((1, Substitution(Likeness.TOGGLED, "", op.attr, _other_mode)))
            continue
        bound = places.bound(op, place)
        found += [(2, s) for s in _functions(op, places)] + [(2, s) for s in _paddings(op, place, places)]
        for name, value in bound.items():
            if (place, name) not in seen and (id(op) not in helping or name in known):
                seen.add((place, name))
                for rank, what, said, rule, *rest in rules(name, value, bound, places.defaults(place), factors):
                    made = partial(_changed, places, place, name, rule, rest[0] if rest else "")
                    found.append((rank, Substitution(what, name, said, made)))
                    found += [
                        (2, Substitution(kind, name, said, made, after)) for kind, after in _afters(what, said, name)
                    ]
                found += [(5, s) for s in _scaled(places, place, name, value, asked)]
    yield from (s for _, s in sorted(found, key=lambda pair: pair[0]))


After = Callable[[Any, Any, Mapping[str, Any]], Any]


def _afters(what: Likeness, said: Any, name: str) -> Iterator[tuple[Likeness, After]]:
    """What may be done to the answer to another call, too."""

    def of(change: Callable[[np.ndarray, np.ndarray, int], np.ndarray], least: int = 2) -> After:
        def after(answer: Any, expected: Any, case: Mapping[str, Any]) -> Any:
            if not (isinstance(answer, Array) and isinstance(expected, Array) and answer.data.ndim >= least):
                return answer
            return replace(answer, data=change(answer.data, expected.data, int(case.get(name, 0))))

        return after

    if what is Likeness.EQUAL and said == 1 and name == "stride":
        yield Likeness.UNCUT, of(lambda x, e, step: _cut(x, e))
        yield Likeness.ROWS_ONLY, of(lambda x, e, step: x[..., :: max(step, 1), :])
        yield Likeness.COLUMNS_ONLY, of(lambda x, e, step: x[..., :: max(step, 1)])
        yield Likeness.ROWS_CUT, of(lambda x, e, step: _cut(x[..., :: max(step, 1), :], e))
        yield Likeness.COLUMNS_CUT, of(lambda x, e, step: _cut(x[..., :: max(step, 1)], e))
    if what is Likeness.EQUAL and said == 0 and name == "padding":
        yield Likeness.AROUND, of(lambda x, e, n: np.pad(x, _both(x, n, n, n, n)))
        yield Likeness.AROUND_CUT, of(lambda x, e, n: _cut(np.pad(x, _both(x, n, n, n, n)), e))
    if what is Likeness.NEGATED:
        yield Likeness.MIRRORED, of(lambda x, e, n: -x, 0)


def _cut(x: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """As many entries along each axis as are expected, at most."""
    return x[tuple(map(slice, expected.shape))] if x.ndim == expected.ndim else x


def _scaled(places: Places, place: CallTarget, name: str, value: Any, asked: AskedCase) -> Iterator[Substitution]:
    """An array multiplied or divided by a factor of the case, a vector also by a product of two."""
    if not isinstance(value, Array) or value.kind == "scalar" or value.data.dtype.kind not in "iuf":
        return
    sizes = [n for n, v in asked.case.items() if type(v) is int and v > 1]
    pairs = combinations(sizes, 2) if value.data.ndim <= 1 else ()
    for names in (*((n,) for n in sizes), *pairs):
        for what, power in ((Likeness.FACTOR, 1), (Likeness.PART, -1)):
            made = partial(_times, places, place, name, names, power)
            yield Substitution(what, name, (names, Fraction(1)), made)


def _times(
    places: Places, where: CallTarget, name: str, names: tuple[str, ...], power: int, asked: AskedCase
) -> list[Op] | None:
    factor = float(prod(asked.case[n] for n in names)) ** power

    def rule(bound: Bound, first: Bound) -> Any:
        array = bound[name]
        return replace(array, data=array.data * factor) if isinstance(array, Array) else MISSING

    return _changed(places, where, name, rule, "", asked)


def _functions(op: Op, places: Places) -> Iterator[Substitution]:
    """Another function of the exercise."""
    if isinstance(op, Call) and isinstance(op.target, Name) and op.target.scope == "submission" and op.keep is None:
        for other in places.functions:
            if other != op.target.name:
                yield Substitution(Likeness.FUNCTION, "", other, partial(_of_function, op.target, other))


def _of_function(name: Name, other: str, asked: AskedCase) -> list[Op]:
    new = Name(name.scope, other)
    return [replace(op, target=new) if isinstance(op, Call) and op.target == name else op for op in asked.ops]


PADDINGS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "copies of its border": lambda x, n: np.pad(x, _both(x, n, n, n, n), mode="edge"),
    "ones": lambda x, n: np.pad(x, _both(x, n, n, n, n), constant_values=1),
    "zeros above and below only": lambda x, n: np.pad(x, _both(x, n, n, 0, 0)),
    "zeros left and right only": lambda x, n: np.pad(x, _both(x, 0, 0, n, n)),
    "zeros at the top and left only": lambda x, n: np.pad(x, _both(x, n, 0, n, 0)),
    "zeros at the bottom and right only": lambda x, n: np.pad(x, _both(x, 0, n, 0, n)),
    "all its zeros at the top and left": lambda x, n: np.pad(x, _both(x, 2 * n, 0, 2 * n, 0)),
    "all its zeros at the bottom and right": lambda x, n: np.pad(x, _both(x, 0, 2 * n, 0, 2 * n)),
    "twice as many zeros": lambda x, n: np.pad(x, _both(x, 2 * n, 2 * n, 2 * n, 2 * n)),
}


def _both(x: np.ndarray, *sides: int) -> list[tuple[int, int]]:
    return [(0, 0)] * (x.ndim - 2) + [(sides[0], sides[1]), (sides[2], sides[3])]


def _paddings(op: Op, place: CallTarget, places: Places) -> Iterator[Substitution]:
    """The image padded in another way, for a call that is given an image first, and a padding."""
    bound = places.bound(op, place)
    image = next(iter(bound), "")
    if "padding" in bound and isinstance(bound[image], Array) and bound[image].data.ndim >= 2:
        for text, pad in PADDINGS.items():
            yield Substitution(Likeness.PADDED, image, text, partial(_padded, places, place, image, pad))


def _padded(
    places: Places, where: CallTarget, image: str, pad: Callable[[np.ndarray, int], np.ndarray], asked: AskedCase
) -> list[Op] | None:
    found = []
    for op, place in placed(asked):
        if place == where:
            bound = places.bound(op, place)
            size, x = number_of(bound["padding"]), bound[image]
            if not isinstance(size, int) or size <= 0 or x.data.ndim < 2:
                return None
            op = places.with_values(op, place, {image: Array(pad(x.data, size), x.kind, x.requires_grad), "padding": 0})
        found.append(op)
    return found


def _changed(places: Places, where: CallTarget, name: str, rule: Rule, other: str, asked: AskedCase) -> list[Op] | None:
    """One argument, in all calls of one place, as the rule says; `other` is an argument that gets what it was."""
    first: Bound | None = None
    found: list[Op] = []
    for op, place in placed(asked):
        if place == where:
            bound = places.bound(op, place)
            first = bound if first is None else first
            value = rule(bound, first) if name in bound else MISSING
            if value is MISSING:
                return None
            if not _same(value, bound[name]):
                op = places.with_values(op, place, {name: value} | ({other: bound[name]} if other else {}))
        found.append(op)
    return found if any(a is not b for a, b in zip(asked.ops, found, strict=True)) else None


def _other_mode(asked: AskedCase) -> list[Op]:
    """In evaluation mode for training mode, and the other way round."""
    return [replace(op, attr=MODES[op.attr]) if isinstance(op, Call) and op.attr in MODES else op for op in asked.ops]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Array) or isinstance(other, Array):
        a, b = (x.data if isinstance(x, Array) else np.asarray(x) for x in (one, other))
        return a.shape == b.shape and a.dtype == b.dtype and bool(np.array_equal(a, b))
    return type(one) is type(other) and bool(one == other)
