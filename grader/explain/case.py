"""A wrong answer as a case that anybody can run: what is called, what should come out, and what came."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..checks.compare import Path
from ..checks.log import Entry
from ..checks.matching import Map, translate
from ..exercise import Exercise
from ..model.explanation import Case, Step, View
from ..model.findings import Aspect, Outline
from ..report.literals import MOST
from ..sandbox.inside.ops import Assign, Call, CountParameters, Get, Hold, Inspect, LoadState, ModuleOp, Op, ReadState
from ..sandbox.inside.wire import Array, Name, Opaque, Ref
from .earlier import spoiled
from .simpler import simpler, written_out
from .trace import Asking, Scopes, Steps, leading_to, names_in, with_op

MOST_NUMBERS = 400  # that a script writes out
MOST_SHOWN = 1000  # numbers of an answer that are kept
DIGITS = 10  # significant, of an expected number that is compared less exactly

PROPERTIES = ("values", "dtype", "strides", "grad")  # of an argument that is not to be changed
ANSWERS = (Call, Get, Hold, Assign, Inspect, LoadState, ReadState, CountParameters)

NUMBERS = (Aspect.VALUES, Aspect.FINITE, Aspect.DTYPE)  # what one number of an array shows
NO_EXCEPTION = "no exception"

Shapes = dict[tuple[int, str], tuple[int, ...]]


def smallest_case(exercise: Exercise, asking: Asking, entries: list[Entry], failed: Entry) -> tuple[Entry, Case] | None:
    """What goes wrong, made simple, and the case; None where that is nothing that anybody could call."""
    if failed.unmet or not isinstance(failed.op, ANSWERS):
        return None
    if failed.failure is not None and failed.failure.fatal:
        steps, found = leading_to(entries, failed), failed  # each answer takes seconds, or ends a process
    elif (made := _confirmed(asking, entries, failed) or spoiled(asking, entries, failed)) is not None:
        steps, found = _at_second(asking, *made)
    else:
        return None
    if written_out(steps) > MOST_NUMBERS or _lacks_tensors(asking, steps):
        return None
    if found.after is not None:  # the call that its arguments are looked at after, as it is now
        found.after = next((s.op for s in reversed(steps) if isinstance(s.op, Call)), found.after)
    return found, _case(exercise, asking, steps, found)


def _lacks_tensors(asking: Asking, steps: Steps) -> bool:
    """Whether weights are loaded for which it has no tensor: once it has, the script would not know its name."""
    loads = (step.op for step in steps if isinstance(step.op, LoadState))
    return any(op.values.keys() - asking.names.get(op.ref.id, {}).keys() for op in loads)


def _confirmed(asking: Asking, entries: list[Entry], failed: Entry) -> tuple[Steps, Entry] | None:
    """The simplest steps that it depends on and that go wrong in a process in which nothing was asked before."""
    steps = leading_to(entries, failed)
    if (found := asking.surely_wrong(steps, failed)) is None:
        return None
    steps, found = simpler(asking, steps, found)
    asking.renew()
    return (steps, found) if asking.surely_wrong(steps, found) is not None else None


def _at_second(asking: Asking, steps: Steps, found: Entry) -> tuple[Steps, Entry]:
    """Where it is called twice with the same arguments and right the first time: these are two calls."""
    if not isinstance(found.op, Call) or found.op.times == 1:
        return steps, found
    return spoiled(asking, [*steps[:-1], found], found) or (steps, found)


def _case(exercise: Exercise, asking: Asking, steps: Steps, found: Entry) -> Case:
    ops = [step.op for step in steps if step.op is not None]
    signatures, shapes = _Signatures(asking.reference), _own_shapes(asking, steps)
    uses_kit = any(name.scope == "kit" for op in ops for name in names_in(op))
    kit = exercise.folder / "kit.py"
    path, view, expected, actual = _compared(found)
    if found.failure is not None and (expected is None or has_objects(expected)) and not found.expected_error:
        path, view, expected = (), View.NOTHING, NO_EXCEPTION
    names = asking.names.get(ops[-1].ref.id, {}) if isinstance(ops[-1], ModuleOp) else {}
    if isinstance(ops[-1], ReadState):
        path, expected, actual = (*(names.get(p, p) for p in path[:1]), *path[1:]), *_renamed(names, expected, actual)
    rtol, atol = _tolerance(found) if view is View.WHOLE else (0.0, 0.0)  # sizes are whole numbers
    return Case(
        steps=tuple(
            Step(_in_own_names(op, asking.names), signatures.parameters(op), _reshaped(op, shapes)) for op in ops
        ),
        expected=_rounded(expected) if rtol else expected,
        actual=_bounded(actual),
        path=path,
        aspect=found.difference.aspect if found.difference is not None else None,
        view=view,
        ravelled=found.tolerance.any_shape and not path,
        error=_due(steps, found),
        raised=found.failure.finding if found.failure is not None else None,
        rtol=rtol,
        atol=atol,
        torch=exercise.framework == "torch",
        kit=kit.read_text("utf-8") if uses_kit else "",
    )


def _due(steps: Steps, found: Entry) -> str:
    """The exception that the last call should raise; where its arguments are looked at, it comes before that."""
    calls = [step for step in steps if isinstance(step.op, Call)]
    return calls[-1].expected_error if isinstance(found.op, Inspect) and calls else found.expected_error


def _in_own_names(op: Op, names: dict[int, Map]) -> Op:
    return translate(op, names.get(op.ref.id, {})) if isinstance(op, ModuleOp) else op


def _renamed(names: Map, *answers: Any) -> list[Any]:
    return [{names.get(k, k): v for k, v in a.items()} if isinstance(a, dict) else a for a in answers]


# ---------------------------------------------------------------- what is compared


def _compared(found: Entry) -> tuple[Path, View, Any, Any]:
    """The part of the answer that is compared, how it is looked at, and both sides: all of it, where that is short."""
    difference, expected, actual = found.difference, found.expected, found.actual
    if isinstance(found.op, Inspect):
        return _changed(found)
    if found.expected_error:
        return (), View.WHOLE, None, actual
    inside = difference is not None and difference.path and difference.aspect in (Aspect.DTYPE, Aspect.KIND)
    if _count(expected) <= MOST and not inside:
        return (), View.WHOLE, expected, actual
    path: Path = difference.path if difference is not None else ()
    if difference is not None and difference.aspect in (Aspect.LENGTH, Aspect.MISSING, Aspect.EXTRA):
        view = View.LENGTH if difference.aspect is Aspect.LENGTH else View.KEYS
        return path, view, *(_seen(view, _at(answer, path)) for answer in (expected, actual))
    if difference is not None:
        expected, actual = difference.expected, difference.actual
    if difference is not None and difference.numbers and difference.aspect in NUMBERS and _count(expected) > MOST:
        index = difference.index or (0,) * difference.numbers[0].ndim
        one, other = (Array(np.asarray(side[index])) for side in difference.numbers)
        return (*path, *index), View.WHOLE, one, other
    if _count(expected) <= MOST:
        return path, View.WHOLE, expected, actual
    view = View.SHAPE if isinstance(expected, Array) else View.LENGTH
    return path, view, _seen(view, expected), _seen(view, actual)


def _changed(found: Entry) -> tuple[Path, View, Any, Any]:
    """The property of an argument that is another one after the call, or all of a list or dict."""
    difference = found.difference
    assert difference is not None, "arguments cannot be looked at"
    if difference.path and difference.path[-1] in PROPERTIES:
        return difference.path, View.WHOLE, difference.expected, difference.actual
    argument = difference.path[:1]
    return argument, View.WHOLE, *(_at(answer, argument) for answer in (found.expected, found.actual))


def _seen(view: View, answer: Any) -> Any:
    """What is seen of an answer; itself where it has nothing of the kind."""
    if view is View.SHAPE and isinstance(answer, (Array, int, float)):
        return answer.data.shape if isinstance(answer, Array) else ()
    if view is View.KEYS and isinstance(answer, dict):
        return sorted(answer)
    if view is View.LENGTH and isinstance(answer, (list, tuple, dict)):
        return len(answer)
    return answer


def _at(answer: Any, path: Path) -> Any:
    for place in path:
        answer = answer.data[place] if isinstance(answer, Array) else answer[place]
    return answer


def _count(value: Any) -> int:
    """The numbers and texts in a value."""
    if isinstance(value, Array):
        return int(value.data.size)
    if isinstance(value, (list, tuple, dict)):
        return sum(map(_count, value.values() if isinstance(value, dict) else value))
    return 1


def has_objects(value: Any) -> bool:
    """Whether there is something in it that cannot cross."""
    if isinstance(value, (list, tuple, dict)):
        return any(map(has_objects, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Opaque)


def _bounded(actual: Any) -> Any:
    if isinstance(actual, Array) and actual.data.size > MOST_SHOWN:
        return Outline(actual.kind, actual.data.shape, actual.data.dtype.name)
    return actual if _count(actual) <= MOST_SHOWN else Outline(type(actual).__name__, (len(actual),))


def _tolerance(found: Entry) -> tuple[float, float]:
    """Relative and absolute, for the part that is compared; nothing for whole numbers."""
    numbers = found.difference.numbers[0] if found.difference is not None and found.difference.numbers else None
    arrays = [numbers] if numbers is not None else list(_floating(found.expected))
    if not arrays or arrays[0].dtype.kind != "f":
        return 0.0, 0.0
    largest = max((float(np.abs(a[np.isfinite(a)]).max(initial=0.0)) for a in arrays), default=0.0)
    tolerance = found.tolerance
    return tolerance.rtol, float(f"{tolerance.atol * largest + tolerance.floor:.3g}")


def _floating(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, (Array, float)):
        data = value.data if isinstance(value, Array) else np.asarray(value)
        if data.dtype.kind == "f":
            yield data
    elif isinstance(value, (list, tuple, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _floating(part)


def _rounded(value: Any) -> Any:
    """With as many digits as tell right from wrong."""
    if isinstance(value, Array) and value.data.dtype.kind == "f":
        return Array(_digits(value.data), value.kind)
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0  # and not −0.0
    if isinstance(value, (list, tuple)):
        return type(value)(map(_rounded, value))
    return {k: _rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


def _digits(data: np.ndarray) -> np.ndarray:
    rounded = [float(f"{v:.{DIGITS}g}") + 0.0 for v in data.ravel().tolist()]
    return np.array(rounded, data.dtype).reshape(data.shape)


# ---------------------------------------------------------------- names and shapes


def _own_shapes(asking: Asking, steps: Steps) -> Shapes:
    """How the submission shapes what the steps set, before they do."""
    asked: Steps = []
    for step in steps:
        if isinstance(step.op, Assign):
            asked += [_get(step, attr) for attr in step.op.values]
        asked.append(step)
    if len(asked) == len(steps):
        return {}
    answers = ((e.op, e.actual) for e in asking.answers(asked))
    return {(op.ref.id, op.attr): a.data.shape for op, a in answers if isinstance(op, Get) and isinstance(a, Array)}


def _get(step: Entry, attr: str) -> Entry:
    assert isinstance(step.op, Assign)
    question = with_op(step, Get(step.op.ref, attr))
    question.judged = False
    return question


def _reshaped(op: Op, shapes: Shapes) -> tuple[str, ...]:
    """What an operation sets in another shape than the submission's."""
    if not isinstance(op, Assign):
        return ()
    arrays = ((attr, a) for attr, a in op.values.items() if isinstance(a, Array))
    return tuple(attr for attr, a in arrays if shapes.get((op.ref.id, attr), a.data.shape) != a.data.shape)


class _Signatures:
    """What the reference and the kit call the arguments that a step hands over by position."""

    def __init__(self, scopes: Scopes):
        self._scopes = scopes
        self._classes: dict[int, Any] = {}

    def parameters(self, op: Op) -> tuple[str, ...]:
        """Of one step after the other."""
        if not isinstance(op, Call):
            return ()
        called = self._called(op)
        if op.keep is not None and inspect.isclass(called):
            self._classes[op.keep] = called
        try:
            names = list(inspect.signature(called).parameters) if called is not None else []
        except (TypeError, ValueError):
            return ()
        return tuple(names[isinstance(op.target, Ref) :])

    def _called(self, op: Call) -> Any:
        if isinstance(op.target, Name):
            return getattr(self._scopes[op.target.scope], op.target.name, None)
        kind = self._classes.get(op.target.id)
        return getattr(kind, op.attr or ("forward" if hasattr(kind, "forward") else "__call__"), None)
