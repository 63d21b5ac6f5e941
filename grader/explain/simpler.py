"""Makes a wrong case simpler while it still goes wrong: fewer questions, and numbers that are easy to read."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ..checks.log import Entry
from ..report.literals import SOME, Code, ramp, scattered, wave
from ..sandbox.inside.ops import Assign, Call, Hold, ModuleOp
from ..sandbox.inside.wire import Array
from .trace import Asking, Steps, arrays_in, mapped, with_op
from .weights import FILL, with_plain_weights

FEW = 12  # numbers of an array that are made simpler one by one

Change = Callable[[np.ndarray], np.ndarray]


def simpler(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """The simplest steps that were found, and the wrong answer to the last of them.

    What other right ways to do it do not agree on is not taken: the contract does not say it. They cannot be asked
    where weights were loaded by the submission's names; then only the numbers change that a module is called with.
    """
    best = steps, found
    if _of_module(steps):
        return with_plain_weights(asking, *_by_formula(asking, *best))
    for shorter in (_without_steps, _as_one_writes_it, _with_small_numbers, _with_plain_numbers, _by_formula):
        if asking.over:
            break
        tried = shorter(asking, *best)
        if tried[0] is not best[0] and asking.legal(tried[0]):
            best = tried
    return with_plain_weights(asking, *best)


def _without_steps(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """Without calls that change nothing about it, the last ones first."""
    for step in reversed(steps[:-1]):
        if isinstance(step.op, Call) and step.op.keep is None and not step.op.given and step.op.target != FILL:
            fewer = [s for s in steps if s is not step]
            if asked := asking.wrong(fewer, found):
                steps, found = fewer, asked
    return steps, found


def _as_one_writes_it(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """Without arguments that are the default; others that have one by their names, and not by position."""
    new = [with_op(s, _plain_call(s.op, asking)) if isinstance(s.op, Call) else s for s in steps]
    asked = asking.wrong(new, found)
    return (new, asked) if asked is not None else (steps, found)


def _plain_call(op: Call, asking: Asking) -> Call:
    defaults = asking.defaults(op)
    args = op.positional()
    names = [*defaults][: len(args)]
    if op.given or len(names) < len(args):
        return op
    given = [*zip(names, args, strict=True), *op.kwargs.items()]
    needed = {n: v for n, v in given if n in op.kwargs or _is_required(defaults[n])}
    optional = {n: v for n, v in given if n not in needed and not _same(v, defaults[n])}
    by_name = {n: v for n, v in needed.items() if n in op.kwargs and not _same(v, defaults.get(n))}
    return replace(op, args=[v for n, v in needed.items() if n not in op.kwargs], kwargs=by_name | optional)


def _is_required(default: Any) -> bool:
    return default is inspect.Parameter.empty


def _same(value: Any, default: Any) -> bool:
    return type(value) is type(default) and bool(value == default)


# ---------------------------------------------------------------- numbers


def _with_small_numbers(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """With whole numbers of the same signs in the same order, in all arrays."""
    return _changed(asking, steps, found, None, _ranks)


def _with_plain_numbers(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """With ones and zeros; where an object has a state, which may hang on ties and signs, with ranks alone."""
    free = not any(isinstance(s.op, Assign) or (isinstance(s.op, Call) and s.op.keep is not None) for s in steps)
    if free:
        steps, found = _changed(asking, steps, found, None, np.ones_like)
    for number in _largest_first(steps):
        before = steps
        for change in (_in_order, *((np.ones_like, np.zeros_like) if free else (_ranks,))):
            before, (steps, found) = steps, _changed(asking, steps, found, number, change)
            if change is not _in_order and (steps is not before or _is(steps, number, change)):
                break
        if free and not any(_is(steps, number, change) for change in (np.ones_like, np.zeros_like)):
            steps, found = _one_by_one(asking, steps, found, number)
    return steps, found


def _by_formula(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """With arrays that a formula gives, the largest first, until few numbers are left to be written out.

    A formula may give numbers of which the contract says nothing, as equal ones: then it is the next one's turn.
    """
    for number in _largest_first(steps):
        if written_out(steps) <= asking.few:
            break
        large = _all_arrays(steps)[number].data.size > SOME
        for change in (_ramp, _wave, _scattered, np.ones_like) if large else (np.ones_like, np.zeros_like):
            tried = _changed(asking, steps, found, number, change)
            shorter = tried[0] is not steps and written_out(tried[0]) < written_out(steps)
            if shorter and (_of_module(steps) or asking.legal(tried[0])):
                steps, found = tried
                break
    return steps, found


def _of_module(steps: Steps) -> bool:
    """Whether weights were loaded by the submission's names: no other right way to do it can be asked."""
    return any(isinstance(step.op, ModuleOp) for step in steps)


def written_out(steps: Steps) -> int:
    """How many numbers in arrays a script of these steps has."""
    code = Code()
    for array in (a for step in steps for a in arrays_in(step.op)):
        code.array(array)
    return code.numbers


def _changed(asking: Asking, steps: Steps, found: Entry, number: int | None, change: Change) -> tuple[Steps, Entry]:
    """The same with one array changed, or all of them; as it was, where it does not go wrong then."""
    if asking.over:
        return steps, found
    new = _with_array(steps, number, change)
    asked = asking.wrong(new, found) if _differ(steps, new) else None
    return (new, asked) if asked is not None else (steps, found)


def _with_array(steps: Steps, number: int | None, change: Change) -> Steps:
    """The steps with the array of this number changed; None: with all of them."""
    at = iter(range(1 << 30))

    def changed(array: Array) -> Array:
        return array if number not in (None, next(at)) else _as(change, array)

    def with_changed(step: Entry) -> Entry:
        match step.op:
            case Call(args=args, kwargs=kwargs):
                return with_op(step, replace(step.op, args=mapped(args, changed), kwargs=mapped(kwargs, changed)))
            case Hold(value=value):
                return with_op(step, replace(step.op, value=mapped(value, changed)))
            case Assign(values=values):
                return with_op(step, replace(step.op, values=mapped(values, changed)))
        return step

    return [with_changed(step) for step in steps]


def _as(change: Change, array: Array) -> Array:
    if array.kind == "scalar" or not array.data.size or array.data.dtype.kind not in "iufb":
        return array
    if change is _in_order:
        return replace(array, strides=None)
    return replace(array, data=np.asarray(change(array.data), array.data.dtype))


def _differ(steps: Steps, other: Steps) -> bool:
    pairs = zip(_all_arrays(steps), _all_arrays(other), strict=True)
    return any(a.strides != b.strides or not np.array_equal(a.data, b.data) for a, b in pairs)


def _all_arrays(steps: Steps) -> list[Array]:
    return [a for step in steps if isinstance(step.op, (Call, Hold, Assign)) for a in arrays_in(step.op)]


def _is(steps: Steps, number: int, change: Change) -> bool:
    """Whether the array of this number is already as the change would make it."""
    array = _all_arrays(steps)[number].data
    return array.size > 0 and np.array_equal(array, change(array))


def _largest_first(steps: Steps) -> list[int]:
    sizes = [a.data.size for a in _all_arrays(steps)]
    return sorted(range(len(sizes)), key=lambda number: -sizes[number])


def _one_by_one(asking: Asking, steps: Steps, found: Entry, number: int) -> tuple[Steps, Entry]:
    """Each number of an array that has few as a zero, else as a one."""
    array = _all_arrays(steps)[number].data
    if not 1 < array.size <= FEW:
        return steps, found
    for place in np.ndindex(array.shape):
        for value in (0, 1):
            before = steps
            steps, found = _changed(asking, steps, found, number, _with_value(place, value))
            if steps is not before:
                break
    return steps, found


def _with_value(place: tuple[int, ...], value: int) -> Change:
    def change(array: np.ndarray) -> np.ndarray:
        new = array.copy()
        new[place] = value
        return new

    return change


def _in_order(array: np.ndarray) -> np.ndarray:
    """The same numbers; in memory one after the other."""
    return array


def _ranks(array: np.ndarray) -> np.ndarray:
    """Whole numbers in the same order, of the same signs, equal where these are."""
    values, inverse = np.unique(array, return_inverse=True)
    below = int((values < 0).sum())
    at_zero = int((values == 0).sum())
    whole = np.arange(len(values)) - below
    whole[below + at_zero :] += 1 - at_zero
    return whole[inverse].reshape(array.shape)


def _ramp(array: np.ndarray) -> np.ndarray:
    return ramp(array.shape)


def _wave(array: np.ndarray) -> np.ndarray:
    return wave(array.shape)


def _scattered(array: np.ndarray) -> np.ndarray:
    return scattered(array.shape)
