"""Carries out operations on a module: in the worker for the submission, in the grader for our own modules."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from . import wire
from .namespace import Namespace
from .ops import Assign, Call, DeviceOp, Get, Hold, Inspect, ModuleOp, Op
from .states import state


class Interpreter(Namespace):
    """Carries out operations on the modules in `scopes`.

    `seconds` is what the last operation took when it was computed, where its result is remembered since; else 0.
    """

    seconds = 0.0

    def execute(self, op: Op) -> Any:
        """Carry out one operation; its raw result, None where that is kept. The caller handles exceptions."""
        match op:
            case Call():
                return self._call(op)
            case Hold():
                self.objects[op.keep] = self.resolve(op.value)
            case Get():
                return getattr(self.objects[op.ref.id], op.attr)
            case Assign():
                self._assign(self.objects[op.ref.id], op.values)
            case Inspect():
                return {name: state(self.objects[ref.id], self.objects) for name, ref in op.arguments.items()}
            case ModuleOp():
                from . import modules  # torch

                return modules.execute(self.objects[op.ref.id], op)
            case DeviceOp():
                from . import accelerator  # torch

                return accelerator.execute(self, op)
            case _:
                raise TypeError(f"no operation: {type(op).__name__}")
        return None

    def _call(self, op: Call) -> Any:
        args, kwargs = self.resolve(op.args), self.resolve(op.kwargs)
        self.objects.update(zip(op.given, [*args, *kwargs.values()], strict=False))
        target = self.resolve(op.target)
        if op.attr:
            target = getattr(target, op.attr)
        with contextlib.nullcontext() if op.recorded else _unrecorded():
            for _ in range(op.times):
                result = target(*args, **kwargs)
        if op.then is not None:
            args, kwargs = map(self.resolve, op.then)
            target(*args, **kwargs)
        if op.keep is None:
            return None if op.discard else result
        self.objects[op.keep] = result
        return None

    def _assign(self, target: Any, values: dict[str, Any]) -> None:
        for attr, value in values.items():
            new = self.resolve(value)
            old = getattr(target, attr, None)
            if isinstance(old, np.ndarray) and isinstance(new, np.ndarray) and old.size == new.size:
                new = new.reshape(old.shape)
            try:
                setattr(target, attr, new)
            except AttributeError:  # a property without a setter: write into what it shows
                if not isinstance(old, np.ndarray):
                    raise
                old[...] = new


def _unrecorded() -> contextlib.AbstractContextManager[Any]:
    import torch

    return torch.no_grad()


def kind_of(error: BaseException) -> str:
    """The built-in exception that an error is or derives from, by name."""
    return next((c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins"), "Exception")


def answer(interpreter: Interpreter, op: Op) -> Any:
    """The result of an operation as it looks after crossing the wire; quiet, as this runs beside the report."""
    with quiet():
        return aloud(interpreter, op)


def aloud(interpreter: Interpreter, op: Op) -> Any:
    """The same where it does not matter, or the caller sees to it."""
    return wire.snapshot(interpreter.execute(op))


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Nothing that runs meanwhile prints or warns."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
