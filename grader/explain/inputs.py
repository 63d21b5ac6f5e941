"""What can be done to a call so that the reference gives the wrong answer: an option at its default, `b` of zeros …"""

from __future__ import annotations

import contextlib
import inspect
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from ..model.explanation import Likeness
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Assign, Call, Op
from ..sandbox.inside.wire import Array, Name
from .asked import AskedCase
from .outputs import PLACES, VALUES

SMALL = (0, 1, 2)  # what a whole number may have been instead
MODES = {"train": "eval", "eval": "train"}
MISSING = object()  # a change that cannot be made here

Bound = dict[str, Any]  # a call's arguments, or what is set, by name
Rule = Callable[[Bound, Bound], Any]  # the arguments of this call and of the first such call → the new value


class Place(NamedTuple):
    """What is called or set, as the log says it, and how: a class and the call of its object are not the same."""

    call: str
    attr: str
    kept: bool


class Substitution(NamedTuple):
    """A change of the calls. `made` gives the operations with it; None where nothing changes, or it cannot be made.

    `after` is done to an answer to them: it gets the expected one and the case, too.
    """

    what: Likeness
    argument: str
    value: Any
    made: Callable[[AskedCase], list[Op] | None]
    after: Callable[[Any, Any, Mapping[str, Any]], Any] | None = None


class Places:
    """What the operations of a case space's cases call, and the names of their parameters, from the reference."""

    def __init__(self, functions: Sequence[str] = ()) -> None:
        self.functions = functions  # of the exercise
        self._parameters: dict[Place, dict[str, Any]] = {}  # with their defaults

    def learn(self, asked: AskedCase, reference: Interpreter) -> None:
        """Carry these operations out, and note the parameters of whatever they call."""
        for op, place in placed(asked):
            if isinstance(op, Call) and place not in self._parameters:
                target = reference.resolve(op.target)
                self._parameters[place] = _parameters(getattr(target, op.attr) if op.attr else target)
            with contextlib.suppress(Exception):  # some have to raise one
                reference.execute(op)

    def defaults(self, place: Place) -> dict[str, Any]:
        """The parameters that have a default, and it."""
        known = self._parameters.get(place, {})
        return {name: value for name, value in known.items() if value is not inspect.Parameter.empty}

    def bound(self, op: Op, place: Place) -> Bound:
        """The values that an operation is given, by name; left out ones at their defaults."""
        if isinstance(op, Assign):
            return dict(op.values)
        if not isinstance(op, Call):
            return {}
        known = self._parameters.get(place, {})
        given = self.defaults(place) | dict(zip(known, op.positional(), strict=False)) | op.kwargs
        return {name: given[name] for name in (*known, *given) if name in given}

    def with_values(self, op: Op, place: Place, new: Bound) -> Op:
        """The same operation with other values."""
        if isinstance(op, Assign):
            return Assign(op.ref, op.values | new)
        assert isinstance(op, Call)
        given = op.positional()
        names = list(self._parameters.get(place, {}))[: len(given)]
        args = [*(new.get(name, value) for name, value in zip(names, given, strict=False)), *given[len(names) :]]
        kwargs = op.kwargs | {name: value for name, value in new.items() if name not in names}
        return replace(op, args=args, kwargs=kwargs)


def placed(asked: AskedCase) -> Iterator[tuple[Op, Place]]:
    """A case's operations, each with what it calls or sets."""
    for entry in asked.entries:
        if (op := entry.op) is not None:
            attr = op.attr if isinstance(op, Call) else type(op).__name__
            yield op, Place(entry.call, attr, not isinstance(getattr(op, "target", None), Name))


def _parameters(target: Any) -> dict[str, Any]:
    """Names and defaults, as a call sees them; nothing where they cannot be told."""
    forward = getattr(type(target), "forward", None)  # a torch module that is called
    if forward is not None and not inspect.isclass(target) and hasattr(target, "_forward_hooks"):
        target = target.forward
    try:
        found = inspect.signature(target).parameters.values()
    except (TypeError, ValueError):
        return {}
    return {p.name: p.default for p in found if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)}


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Array) or isinstance(other, Array):
        a, b = (x.data if isinstance(x, Array) else np.asarray(x) for x in (one, other))
        return a.shape == b.shape and a.dtype == b.dtype and bool(np.array_equal(a, b))
    return type(one) is type(other) and bool(one == other)


# ---------------------------------------------------------------- what may be another


def substitutions(
    asked: AskedCase, places: Places, factors: Mapping[str, Sequence[Any]]
) -> Iterator[Substitution]:
    """All that can be done to the arguments of one case, the plainest first."""
    found: list[tuple[int, Substitution]] = []
    seen: set[tuple[Place, str]] = set()
    for op, place in placed(asked):
        if isinstance(op, Call) and op.attr in MODES:
            found.append((1, Substitution(Likeness.TOGGLED, "", op.attr, _other_mode)))
            continue
        bound = places.bound(op, place)
        found += [(2, s) for s in _functions(op, places)] + [(2, s) for s in _paddings(op, place, places)]
        for name, value in bound.items():
            if (place, name) not in seen:
                seen.add((place, name))
                for rank, what, said, rule, *rest in _rules(name, value, bound, places.defaults(place), factors):
                    made = partial(_changed, places, place, name, rule, rest[0] if rest else "")
                    found.append((rank, Substitution(what, name, said, made)))
                    if what is Likeness.EQUAL and said == 1 and name in asked.case:
                        found += [(2, Substitution(kind, name, said, made, after)) for kind, after in _cuts(name)]
    yield from (s for _, s in sorted(found, key=lambda pair: pair[0]))


After = Callable[[Any, Any, Mapping[str, Any]], Any]


def _cuts(name: str) -> Iterator[tuple[Likeness, After]]:
    """What may be done to the answer for a stride of 1: cut to the expected size; every so many rows or columns."""

    def of(change: Callable[[np.ndarray, np.ndarray, int], np.ndarray]) -> After:
        def after(answer: Any, expected: Any, case: Mapping[str, Any]) -> Any:
            if not (isinstance(answer, Array) and isinstance(expected, Array) and answer.data.ndim >= 2):
                return answer
            return replace(answer, data=change(answer.data, expected.data, max(case[name], 1)))

        return after

    yield Likeness.UNCUT, of(lambda x, e, step: x[tuple(map(slice, e.shape))] if x.ndim == e.ndim else x)
    yield Likeness.ROWS_ONLY, of(lambda x, e, step: x[..., ::step, :])
    yield Likeness.COLUMNS_ONLY, of(lambda x, e, step: x[..., ::step])


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


def _paddings(op: Op, place: Place, places: Places) -> Iterator[Substitution]:
    """The image padded in another way, for a call that is given an image first, and a padding."""
    bound = places.bound(op, place)
    image = next(iter(bound), "")
    if "padding" in bound and isinstance(bound[image], Array) and bound[image].data.ndim >= 2:
        for text, pad in PADDINGS.items():
            yield Substitution(Likeness.PADDED, image, text, partial(_padded, places, place, image, pad))


def _padded(
    places: Places, where: Place, image: str, pad: Callable[[np.ndarray, int], np.ndarray], asked: AskedCase
) -> list[Op] | None:
    found = []
    for op, place in placed(asked):
        if place == where:
            bound = places.bound(op, place)
            size, x = _number(bound["padding"]), bound[image]
            if not isinstance(size, int) or size <= 0 or x.data.ndim < 2:
                return None
            op = places.with_values(op, place, {image: Array(pad(x.data, size), x.kind, x.requires_grad), "padding": 0})
        found.append(op)
    return found


def _changed(places: Places, where: Place, name: str, rule: Rule, other: str, asked: AskedCase) -> list[Op] | None:
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


Ranked = tuple[Any, ...]  # how plain it is (0 is plainest), then what, value, rule and perhaps another argument


def _rules(
    name: str, value: Any, bound: Bound, defaults: Mapping[str, Any], factors: Mapping[str, Sequence[Any]]
) -> Iterator[Ranked]:
    default = defaults.get(name, inspect.Parameter.empty)
    if default is not inspect.Parameter.empty:
        yield 0, Likeness.EQUAL, default, partial(_fixed, default)
    yield 6, Likeness.FIRST_CALL, None, lambda bound, first: first[name]
    yield from _swaps(name, value, bound)
    if isinstance(value, bool):
        yield 1, Likeness.TOGGLED, None, lambda bound, first: not bound[name]
    elif value is None or isinstance(value, str):
        others = [v for v in factors.get(name, ()) if isinstance(v, str)]
        yield from ((2, Likeness.EQUAL, v, partial(_fixed, v)) for v in others)
    elif (number := _number(value)) is not None:
        yield from _of_numbers(name, number)
    elif isinstance(value, Array):
        yield from _of_arrays(name, value.data.ndim)
    elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        yield from _of_layers(name, value)
    elif isinstance(value, tuple):
        yield from _of_tuples(name, len(value))


def _fixed(value: Any, bound: Bound, first: Bound) -> Any:
    return value


def _of_other(name: str, bound: Bound, first: Bound) -> Any:
    return bound.get(name, MISSING)


def _number(value: Any) -> int | float | None:
    if isinstance(value, Array) and value.kind == "scalar":
        value = value.data.item()
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _kind(value: Any) -> Any:
    """What may be swapped with what."""
    if isinstance(value, Array) and value.kind != "scalar":
        return "array"
    number = _number(value)
    return type(number) if number is not None else None


def _swaps(name: str, value: Any, bound: Bound) -> Iterator[Ranked]:
    kind, names = _kind(value), list(bound)
    for other in names if kind else ():
        if other != name and _kind(bound[other]) == kind:
            yield 3, Likeness.OTHER, other, partial(_of_other, other)
            if names.index(other) > names.index(name):
                yield 2, Likeness.SWAPPED, other, partial(_of_other, other), other


def _of_numbers(name: str, number: int | float) -> Iterator[Ranked]:
    def of(change: Callable[[Any], Any]) -> Rule:
        def rule(bound: Bound, first: Bound) -> Any:
            found = _number(bound[name])
            return MISSING if found is None else change(found)

        return rule

    for small in SMALL:
        yield 1, Likeness.EQUAL, small, partial(_fixed, type(number)(small))
    for gap in (1, -1):
        yield 4, Likeness.MORE, gap, of(partial(operator.add, gap))
    if isinstance(number, int):
        yield 4, Likeness.SCALED, 2, of(lambda n: 2 * n)
        yield 4, Likeness.SCALED, 0.5, of(lambda n: n // 2 if n % 2 == 0 else MISSING)
    else:
        yield 4, Likeness.COMPLEMENT, None, of(lambda n: 1 - n)
        yield 4, Likeness.SQUARED, None, of(lambda n: n * n)
        yield 4, Likeness.ROOT, None, of(lambda n: n**0.5 if n >= 0 else MISSING)
    yield 4, Likeness.NEGATED, None, of(lambda n: -n)


def _of_arrays(name: str, ndim: int) -> Iterator[Ranked]:
    def of(change: Callable[[np.ndarray], np.ndarray], least: int = 0) -> Rule:
        def rule(bound: Bound, first: Bound) -> Any:
            value = bound[name]
            if not isinstance(value, Array) or value.data.ndim < least or not value.data.size:
                return MISSING
            return Array(np.ascontiguousarray(change(value.data)), value.kind, value.requires_grad)

        return rule

    yield 1, Likeness.ZERO, None, of(np.zeros_like)
    yield 3, Likeness.ONES, None, of(np.ones_like)
    for what, least, change in PLACES if ndim >= 2 else ():
        yield 2, what, None, of(change, least)
    for what in (Likeness.NEGATED, Likeness.ABSOLUTE, Likeness.POSITIVE, Likeness.ROUNDED, Likeness.CUT):
        yield 4, what, None, of(partial(_as_before, VALUES[what]))
    yield 4, Likeness.REVERSED, None, of(lambda x: x[::-1], 1)
    for gap in (1, -1):
        yield 5, Likeness.MORE, gap, of(partial(_as_before, partial(np.add, float(gap))))
    if ndim >= 2:
        yield 3, Likeness.SWAPPED, "first two axes", of(lambda x: x.swapaxes(0, 1), 3)
    if ndim >= 3:
        yield 3, Likeness.FIRST_CHANNEL, None, of(lambda x: _channel(x, 0), 3)
        yield 3, Likeness.LAST_CHANNEL, None, of(lambda x: _channel(x, -1), 3)
        yield 4, Likeness.CHANNEL_MEAN, None, of(lambda x: x.mean(axis=-3, keepdims=True) + 0 * x, 3)
    yield 4, Likeness.ALL_FIRST, None, of(lambda x: np.full_like(x, x.flat[0]), 1)
    yield 4, Likeness.ALL_LAST, None, of(lambda x: np.full_like(x, x.flat[-1]), 1)


def _as_before(change: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
    """Changed, in the type that it has."""
    return change(x.astype(np.float64)).astype(x.dtype)


def _channel(x: np.ndarray, which: int) -> np.ndarray:
    found = np.zeros_like(x)
    found[..., which, :, :] = x[..., which, :, :]
    return found


Layers = list[dict[str, Any]]


def _of_layers(name: str, layers: Layers) -> Iterator[Ranked]:
    """Dicts: one of their entries left out or another number, some of the dicts left out, or in reverse order."""

    def of(change: Callable[[Layers], Any]) -> Rule:
        return lambda bound, first: change(bound[name])

    keys = dict.fromkeys(key for part in layers for key in part)
    for key in keys:
        numbers = [part[key] for part in layers if _number(part.get(key)) is not None]
        if not numbers:
            continue
        yield 1, Likeness.WITHOUT, key, of(partial(_without, key))
        for small in SMALL:
            yield 2, Likeness.EQUAL, (key, small), of(partial(_with, key, small))
    yield 3, Likeness.REVERSED, None, of(lambda parts: parts[::-1])
    yield 3, Likeness.CROPPED, None, of(lambda parts: parts[:-1])
    yield 3, Likeness.CROPPED_START, None, of(lambda parts: parts[1:])


def _without(key: str, layers: Layers) -> Layers:
    return [{name: value for name, value in part.items() if name != key} for part in layers]


def _with(key: str, value: int, layers: Layers) -> Layers:
    return [part | {key: value} if key in part else part for part in layers]


def _of_tuples(name: str, length: int) -> Iterator[Ranked]:
    """The last two entries exchanged; all in reverse order."""

    def of(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Rule:
        return lambda bound, first: change(bound[name])

    if length >= 2:
        yield 3, Likeness.TRANSPOSED, None, of(lambda t: (*t[:-2], t[-1], t[-2]))
        yield 3, Likeness.REVERSED, None, of(lambda t: t[::-1])
