"""What one argument of a call may have been instead: its default, another argument, zeros, transposed, …"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from ..model.explanation import Likeness
from ..sandbox.inside.wire import Array
from .formulas import PLACES, VALUES
from .places import Bound

SMALL = (0, 1, 2)  # what a number may have been instead
USUAL = (0.5, 0.1, 0.01, 0.001, 0.9, 10.0)  # the same, if it need not be whole
ORDINALS = ("first", "second", "third", "fourth", "fifth")
MISSING = object()  # a change that cannot be made here

Rule = Callable[[Bound, Bound], Any]  # the arguments of this call and of the first such call → the new value
Ranked = tuple[Any, ...]  # how plain it is (0 is plainest), then what, value, rule and perhaps another argument


def rules(
    name: str, value: Any, bound: Bound, defaults: Mapping[str, Any], factors: Mapping[str, Sequence[Any]]
) -> Iterator[Ranked]:
    """All that it may have been, for an argument of this name and value."""
    default = defaults.get(name, inspect.Parameter.empty)
    if default is not inspect.Parameter.empty:
        yield 0, Likeness.EQUAL, default, partial(_fixed, default)
    yield 6, Likeness.FIRST_CALL, None, lambda bound, first: first[name]
    yield from _swaps(name, value, bound)
    if isinstance(value, bool):
        yield 1, Likeness.TOGGLED, None, lambda bound, first: not bound[name]
    elif value is None or isinstance(value, str) or number_of(value) is not None:
        yield from _of_plain(name, [value, *factors.get(name, ())])
    elif isinstance(value, Array):
        yield from _of_arrays(name, value.data.ndim)
    elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        yield from _of_layers(name, value)
    elif isinstance(value, tuple):
        yield from _of_tuples(name, len(value))


def _of_plain(name: str, values: Sequence[Any]) -> Iterator[Ranked]:
    """A text, a number or None: whichever of these it is in one case, in another one it may be another."""
    yield from ((2, Likeness.EQUAL, v, partial(_fixed, v)) for v in values[1:] if isinstance(v, str))
    numbers = [number for value in values if (number := number_of(value)) is not None]
    fractions = [number for number in numbers if isinstance(number, float)]  # then a 1 is one that happens to be whole
    yield from _of_numbers(name, (fractions or numbers)[0]) if numbers else ()


def _fixed(value: Any, bound: Bound, first: Bound) -> Any:
    return value


def _of_other(name: str, bound: Bound, first: Bound) -> Any:
    return bound.get(name, MISSING)


def number_of(value: Any) -> int | float | None:
    """A plain number, or None."""
    if isinstance(value, Array) and value.kind == "scalar":
        value = value.data.item()
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _kind(value: Any) -> Any:
    """What may be swapped with what."""
    if isinstance(value, Array) and value.kind != "scalar":
        return "array"
    number = number_of(value)
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
            found = number_of(bound[name])
            return MISSING if found is None else change(found)

        return rule

    for other in SMALL if isinstance(number, int) else (*SMALL, *USUAL):
        yield 1, Likeness.EQUAL, other, partial(_fixed, type(number)(other))
    for what, value, change in _changes(number):
        made = change(number)
        if made is not MISSING and made not in (*SMALL, *USUAL):  # where it is the same in all that is wrong
            yield 4, Likeness.EQUAL, made, partial(_fixed, made)
        yield 4, what, value, of(change)


def _changes(number: int | float) -> Iterator[tuple[Likeness, Any, Callable[[Any], Any]]]:
    """What a number may have been changed to."""
    for gap in (1, -1):
        yield Likeness.MORE, gap, partial(operator.add, gap)
    if isinstance(number, int):
        yield Likeness.SCALED, 2, lambda n: 2 * n
        yield Likeness.SCALED, 0.5, lambda n: n // 2 if n % 2 == 0 else MISSING
    else:
        yield Likeness.COMPLEMENT, None, lambda n: 1 - n
        yield Likeness.SQUARED, None, lambda n: n * n
        yield Likeness.ROOT, None, lambda n: n**0.5 if n >= 0 else MISSING
    yield Likeness.NEGATED, None, lambda n: -n


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
        for text, line in LINES.items():
            yield 4, Likeness.ONLY, text, of(partial(_alone, line), 2)
            if "corner" not in text:
                yield 4, Likeness.BLANKED, text, of(partial(_without_line, line), 2)
    if ndim >= 3:
        yield 3, Likeness.FIRST_CHANNEL, None, of(lambda x: _channel(x, 0), 3)
        yield 3, Likeness.LAST_CHANNEL, None, of(lambda x: _channel(x, -1), 3)
        yield 4, Likeness.CHANNEL_MEAN, None, of(lambda x: x.mean(axis=-3, keepdims=True) + 0 * x, 3)
    for axis in range(ndim if ndim >= 2 else 0):
        for text, least, change in _along(axis):
            yield 4, Likeness.ALONG, f"{text} along the {ORDINALS[axis]} axis", of(change, least)
    yield 4, Likeness.ALL_FIRST, None, of(lambda x: np.full_like(x, x.flat[0]), 1)
    yield 4, Likeness.ALL_LAST, None, of(lambda x: np.full_like(x, x.flat[-1]), 1)


LINES: dict[str, tuple[Any, ...]] = {
    name: (..., *index)
    for end, corner, at in (("first", "top left", 0), ("last", "bottom right", -1))
    for name, index in (
        (f"{end} row", (at, slice(None))),
        (f"{end} column", (at,)),
        (f"{corner} corner", (at, at)),
    )
}


def _alone(line: tuple[Any, ...], x: np.ndarray) -> np.ndarray:
    """Zeros everywhere else."""
    found = np.zeros_like(x)
    found[line] = x[line]
    return found


def _without_line(line: tuple[Any, ...], x: np.ndarray) -> np.ndarray:
    """Zeros there."""
    found = x.copy()
    found[line] = 0
    return found


def _along(axis: int) -> Iterator[tuple[str, int, Callable[[np.ndarray], np.ndarray]]]:
    """What there may be all along an axis; the entries in reverse order."""
    least = axis + 1
    yield "first entry everywhere", least, lambda x: x.take([0], axis) + np.zeros_like(x)
    yield "last entry everywhere", least, lambda x: x.take([-1], axis) + np.zeros_like(x)
    yield "sum everywhere", least, lambda x: x.sum(axis, keepdims=True) + np.zeros_like(x)
    yield "mean everywhere", least, lambda x: x.mean(axis, keepdims=True) + np.zeros_like(x)
    yield "entries in reverse order", least, lambda x: np.flip(x, axis)


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
        numbers = [part[key] for part in layers if number_of(part.get(key)) is not None]
        if not numbers:
            continue
        yield 1, Likeness.WITHOUT, key, of(partial(_without, key))
        for small in SMALL:
            yield 2, Likeness.EQUAL, (key, small), of(partial(_with, key, small))
        for kind in dict.fromkeys(part["type"] for part in layers if "type" in part):
            yield 2, Likeness.WITHOUT, (key, kind), of(partial(_of_kind, kind, partial(_without, key)))
            for small in SMALL:
                yield 3, Likeness.EQUAL, (key, small, kind), of(partial(_of_kind, kind, partial(_put, key, small)))
    for one, other in combinations(keys, 2):
        if all(number_of(part.get(key, 0)) is not None for part in layers for key in (one, other)):
            yield 3, Likeness.SWAPPED, (one, other), of(partial(_with_swapped, one, other))
    yield 3, Likeness.REVERSED, None, of(lambda parts: parts[::-1])
    yield 3, Likeness.CROPPED, None, of(lambda parts: parts[:-1])
    yield 3, Likeness.CROPPED_START, None, of(lambda parts: parts[1:])
    yield 3, Likeness.FIRST, None, of(lambda parts: parts[:1])
    yield 3, Likeness.LAST, None, of(lambda parts: parts[-1:])


def _of_kind(kind: str, change: Callable[[Layers], Layers], layers: Layers) -> Layers:
    """Those of one type changed."""
    return [change([part])[0] if part.get("type") == kind else part for part in layers]


def _without(key: str, layers: Layers) -> Layers:
    return [{name: value for name, value in part.items() if name != key} for part in layers]


def _with(key: str, value: int, layers: Layers) -> Layers:
    return [part | {key: value} if key in part else part for part in layers]


def _with_swapped(one: str, other: str, layers: Layers) -> Layers:
    names = {one: other, other: one}
    return [{names.get(key, key): value for key, value in part.items()} for part in layers]


def _put(key: str, value: int, layers: Layers) -> Layers:
    return [part | {key: value} for part in layers]


def _of_tuples(name: str, length: int) -> Iterator[Ranked]:
    """The last two entries exchanged; all in reverse order."""

    def of(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Rule:
        return lambda bound, first: change(bound[name])

    if length >= 2:
        yield 3, Likeness.TRANSPOSED, None, of(lambda t: (*t[:-2], t[-1], t[-2]))
        yield 3, Likeness.REVERSED, None, of(lambda t: t[::-1])
