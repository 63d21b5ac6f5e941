"""What the operations of a case call or set, and the names of the parameters, from the reference."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Assign, Call, Op
from ..sandbox.inside.wire import Name
from .asked import AskedCase

Bound = dict[str, Any]  # a call's arguments, or what is set, by name


class CallTarget(NamedTuple):
    """What is called or set, as the log says it, and how: a class and the call of its object are not the same."""

    call: str
    attr: str
    kept: bool


class Places:
    """What is called, and with which parameters, as far as it was seen.

    `functions` are those that the reference defines; `words` are the names of all parameters that students know.
    """

    def __init__(self, reference: Interpreter) -> None:
        module = reference.scopes["submission"]
        public = [(n, f) for n, f in vars(module).items() if not n.startswith("_")]
        own = {n: f for n, f in public if getattr(f, "__module__", "") == module.__name__}
        self.functions = [name for name, found in own.items() if inspect.isfunction(found)]
        defined: list[Any] = [found for found in own.values() if inspect.isfunction(found) or inspect.isclass(found)]
        self.words = frozenset(name for found in defined for name in _words(found))
        self._parameters: dict[CallTarget, dict[str, Any]] = {}  # with their defaults

    def learn(self, asked: AskedCase, reference: Interpreter) -> None:
        """Carry these operations out, and note the parameters of whatever they call."""
        for op, place in placed(asked):
            if isinstance(op, Call) and place not in self._parameters:
                target = reference.resolve(op.target)
                self._parameters[place] = _parameters(getattr(target, op.attr) if op.attr else target)
            with contextlib.suppress(Exception):  # some have to raise one
                reference.execute(op)

    def defaults(self, place: CallTarget) -> dict[str, Any]:
        """The parameters that have a default, and it."""
        known = self._parameters.get(place, {})
        return {name: value for name, value in known.items() if value is not inspect.Parameter.empty}

    def bound(self, op: Op, place: CallTarget) -> Bound:
        """The values that an operation is given, by name; left out ones at their defaults."""
        if isinstance(op, Assign):
            return dict(op.values)
        if not isinstance(op, Call):
            return {}
        known = self._parameters.get(place, {})
        given = self.defaults(place) | dict(zip(known, op.positional(), strict=False)) | op.kwargs
        return {name: given[name] for name in (*known, *given) if name in given}

    def with_values(self, op: Op, place: CallTarget, new: Bound) -> Op:
        """The same operation with other values."""
        if isinstance(op, Assign):
            return Assign(op.ref, op.values | new)
        assert isinstance(op, Call)
        given = op.positional()
        names = list(self._parameters.get(place, {}))[: len(given)]
        args = [*(new.get(name, value) for name, value in zip(names, given, strict=False)), *given[len(names) :]]
        kwargs = op.kwargs | {name: value for name, value in new.items() if name not in names}
        return replace(op, args=args, kwargs=kwargs)


def placed(asked: AskedCase) -> Iterator[tuple[Op, CallTarget]]:
    """A case's operations, each with what it calls or sets."""
    for entry in asked.entries:
        if (op := entry.op) is not None:
            yield op, target(entry.call, op)


def target(call: str, op: Op) -> CallTarget:
    """What an operation calls or sets; `call` is what the log says of it."""
    attr = op.attr if isinstance(op, Call) else type(op).__name__
    return CallTarget(call, attr, not isinstance(getattr(op, "target", None), Name))


@cache
def _words(found: Hashable) -> tuple[str, ...]:
    """The parameters of a function of ours, or of what a class does."""
    functions = vars(found).values() if inspect.isclass(found) else [found]
    return tuple(name for f in functions if inspect.isfunction(f) for name in inspect.signature(f).parameters)


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
