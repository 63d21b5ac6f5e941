"""What can be asked of a module: call a function, build an object, set and read attributes.

The same interpreter serves the submission (in the worker, behind the wire), the reference and the misconceptions
(in the grader). An operation is a small dict; its values are in the form of `wire`:

    call    target (name, or ref with attr), args, kwargs; `keep` stores the result under that id
    hold    value, keep
    get     ref, attr
    assign  ref, values {attr: array}: each keeps the shape of the attribute it replaces, if the sizes agree
    fetch   ref: the kept value itself
    drop    ref
for torch modules: describe, load_state, buffers, gradients, step (see `modules`),
and on a `device`: prepare, batch, flush, peaks, ballast (see `accelerator`).
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from . import wire
from .wire import Array, Name, Ref


class MissingName(Exception):
    """The submission does not define this name."""


class Interpreter:
    """Runs operations on the modules in `scopes`, keeping objects under the ids that the caller chose.

    `seconds` is what the last operation took where its result is remembered from then, else 0.
    """

    seconds = 0.0

    def __init__(self, scopes: Mapping[str, ModuleType | SimpleNamespace]):
        self.scopes = scopes
        self.objects: dict[int, Any] = {}

    def execute(self, op: dict[str, Any]) -> Any:
        """Run one operation and return its raw result (None when it is kept). The caller handles exceptions."""
        if "device" in op:
            from . import accelerator

            return accelerator.OPERATIONS[op["op"]](self, op)
        method = getattr(self, "_" + op["op"], None)
        if method is not None:
            return method(op)
        from . import modules

        return modules.OPERATIONS[op["op"]](self.objects[op["ref"].id], op)

    def resolve(self, value: Any) -> Any:
        """A value from the wire → what the code is called with: own copies of arrays, kept objects for refs."""
        if isinstance(value, Array):
            return _materialise(value)
        if isinstance(value, Ref):
            return self.objects[value.id]
        if isinstance(value, Name):
            return self.lookup(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self.resolve(v) for v in value)
        if isinstance(value, dict):
            return {k: self.resolve(v) for k, v in value.items()}
        return value

    def lookup(self, name: Name) -> Any:
        """The object that a module defines under this name. Raises MissingName."""
        try:
            return getattr(self.scopes[name.scope], name.name)
        except AttributeError:
            raise MissingName(name.name) from None

    def _call(self, op: dict[str, Any]) -> Any:
        target = self.resolve(op["target"])
        if op.get("attr"):
            target = getattr(target, op["attr"])
        args, kwargs = self.resolve(op["args"]), self.resolve(op["kwargs"])
        result = target(*args, **kwargs)
        if op.get("keep") is None:
            return None if op.get("discard") else result
        self.objects[op["keep"]] = result
        return None

    def _hold(self, op: dict[str, Any]) -> None:
        self.objects[op["keep"]] = self.resolve(op["value"])

    def _fetch(self, op: dict[str, Any]) -> Any:
        return self.objects[op["ref"].id]

    def _drop(self, op: dict[str, Any]) -> None:
        self.objects.pop(op["ref"].id, None)

    def _get(self, op: dict[str, Any]) -> Any:
        return getattr(self.objects[op["ref"].id], op["attr"])

    def _assign(self, op: dict[str, Any]) -> None:
        target = self.objects[op["ref"].id]
        for attr, value in op["values"].items():
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


def _materialise(value: Array) -> Any:
    """A fresh writable array, NumPy scalar or torch tensor."""
    if value.kind == "tensor":
        import torch

        return torch.from_numpy(np.array(value.data, copy=True)).requires_grad_(value.requires_grad)
    data = np.array(value.data, copy=True)
    return data[()] if value.kind == "scalar" else data


def kind_of(error: BaseException) -> str:
    """The built-in exception that an error is or derives from, by name."""
    return next((c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins"), "Exception")


def answer(interpreter: Interpreter, op: dict[str, Any]) -> Any:
    """The result of an operation as it looks after crossing the wire; quiet, as this runs beside the report."""
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return wire.snapshot(interpreter.execute(op))
