"""The `submission` fixture: everything done to it is done to the reference too, and the results are compared.

A check reads like a script of calls:

    def test_stride(submission, draw):
        submission.conv2d(draw.array(7, 9), draw.array(3, 2), stride=2)

Each call is asked of the submission and made on the reference, and the check goes on with the *reference's* value.
Nobody waits for the submission until its own answer is needed, at the latest when the check has ended: then all
answers, of which the expected sizes are now known, are read and compared (`settle`). So the submission computes while
the check asks on, and the log of a failed check holds the submission's answers to all of its calls: that is what
`diagnose` compares the misconceptions with.
"""

from __future__ import annotations

import inspect
import time
from collections import deque
from dataclasses import replace
from typing import Any, NoReturn

import numpy as np

from ..model import Failure
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter, answer
from ..sandbox.inside.wire import Array, Name, Opaque, Ref
from . import matching
from .backend import Backend, Op, Pending
from .compare import DOUBLE, SINGLE, Difference, Tolerance, difference
from .log import LEAST_SECONDS, Entry, Log

LEAST_SECONDS_TORCH = 2.0  # whose first steps, of whatever kind, take up to a third of a second
MOST_SECONDS = 10.0
SLOWER = 100  # times slower than the reference a call may be, between these


class Stop(Exception):
    """The check cannot go on; what went wrong is in the log."""


class Subject:
    """The submission and the reference as one. Attributes are the names that the exercise asks for."""

    def __init__(self, reference: Interpreter, backend: Backend, *, framework: str = "numpy"):
        self._reference = reference
        self._backend = backend
        self._ids = iter(range(1, 1 << 30))
        self._tolerance = SINGLE if framework == "torch" else DOUBLE
        self._torch = framework == "torch"
        self._maps: dict[int, matching.Map] = {}
        self._objects: dict[int, Any] = {}
        self._open: deque[tuple[Entry, Pending]] = deque()
        self._scripted = True  # nothing yet depends on what the submission answers
        self.log = Log()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self, Name("submission", name), name)

    @property
    def kit(self) -> Kit:
        """The exercise's own helpers (`kit.py`), present on both sides: networks, layers, training functions."""
        return Kit(self)

    def hold(self, value: Any) -> Twin:
        """Keep a value on the submission's side, so that later calls get the same object (changed or not)."""
        ref = Ref(next(self._ids))
        self._both({"op": "hold", "value": self._wire(value), "keep": ref.id}, "handing over an input", judged=False)
        return Twin(self, ref, "the input")

    def observe(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call without comparing: returns the submission's own answer (arrays as NumPy). `judge` it afterwards."""
        return Function(self, Name("submission", name), name).observed(*args, **kwargs)

    def judge(self, expected: Any, actual: Any, what: str, tolerance: Tolerance | None = None) -> None:
        """Compare two values of the check's own making; `what` names the compared thing in the message."""
        self._scripted = False
        want, got = wire.snapshot(self._wire(expected)), wire.snapshot(self._wire(actual))
        found = difference(want, got, tolerance or self._tolerance)
        self._conclude(Entry({"op": "judge"}, what, want, got), found)

    def require(self, condition: bool, message: str) -> None:
        """Fail the check with this message unless the condition holds."""
        self._scripted = False
        found = None if condition else Difference(message)
        self._conclude(Entry({"op": "judge"}, "", None), found)

    def _conclude(self, entry: Entry, found: Difference | None) -> None:
        entry.difference = found
        self.log.entries.append(entry)

    # ------------------------------------------------------------ both sides

    def _wire(self, value: Any) -> Any:
        """Arguments of a check → wire form: twins become refs; in torch exercises arrays become tensors."""
        if isinstance(value, Twin):
            return value._ref
        if isinstance(value, Function):
            return value._target
        if isinstance(value, np.ndarray) and self._torch:
            return Array(value, "tensor")
        if isinstance(value, (list, tuple)):
            return type(value)(self._wire(v) for v in value)
        if isinstance(value, dict):
            return {k: self._wire(v) for k, v in value.items()}
        return value

    def _both(
        self, op: Op, call: str, *, judged: bool = True, tolerance: Tolerance | None = None, use_actual: bool = False
    ) -> Any:
        """Run on both sides, compare, note; returns the reference's value (or the submission's own)."""
        op = wire.snapshot_op(op)
        entry = Entry(op, call, None, tolerance=tolerance or self._tolerance, given=use_actual, judged=judged)
        entry.objects = self._objects
        if "keep" in op:
            self._objects[op["keep"]] = op.get("value", Opaque(call))
        pending = self._ask(op)
        entry.expected, entry.seconds = self._expected(op)
        self._note(entry, pending)
        if use_actual:
            self._scripted = False
            self.settle()
        return plain(entry.actual if use_actual else entry.expected)

    def _expected(self, op: Op) -> tuple[Any, float]:
        """The reference's answer, and the seconds that the submission may take for its own."""
        started = time.perf_counter()
        expected = answer(self._reference, op)
        took = max(time.perf_counter() - started, self._reference.seconds)
        least = LEAST_SECONDS_TORCH if self._torch else LEAST_SECONDS
        return expected, max(least, min(SLOWER * took, MOST_SECONDS))

    def _note(self, entry: Entry, pending: Pending) -> None:
        self.log.entries.append(entry)
        self._open.append((entry, pending))

    def script(self) -> list[Entry]:
        """All that was asked and is expected, if others will be asked the same whatever they answer; else nothing."""
        return [entry.again() for entry in self.log.entries] if self._scripted else []

    def replay(self, script: list[Entry]) -> None:
        """Ask what a script says, and take the answers. Raises Stop where the check could not have gone on."""
        for line in script:
            self._note(line.again(), self._ask(line.op, more=line is not script[-1]))
        self.settle()

    def settle(self) -> None:
        """Take the answers to all that was asked. Raises Stop where the check could not have gone on."""
        while self._open:
            entry, pending = self._open.popleft()
            self._take(pending, entry)
            if entry.ends_the_check:
                self._break_off(entry)

    def _break_off(self, last: Entry) -> NoReturn:
        """The log ends here; what was asked since then is answered, but nobody wants to know."""
        for entry, pending in self._open:
            self._take(pending, entry)
        self._open.clear()
        while self.log.entries[-1] is not last:
            self.log.entries.pop()
        raise Stop

    def _ask(self, op: Op, *, more: bool = False) -> Pending:
        """Ask the submission, in its own names; it computes while we do."""
        names = self._maps.get(op["ref"].id) if op.get("ref") else None
        try:
            if names is None:
                return self._backend.ask(op, more=more)
            pending = self._backend.ask(matching.translate(op, names))
        except Failure as failure:
            return _raising(failure)
        return lambda most, seconds: matching.translate_back(op, names, pending(most, seconds))

    def _take(self, pending: Pending, entry: Entry) -> None:
        """The answer, or why there is none, into the log's entry."""
        entry.answered = True
        try:
            entry.actual = pending(entry.allowance, entry.seconds)
        except Failure as failure:
            entry.failure = failure

    def _quiet(self, op: Op, expected: Any = None) -> Any:
        """Ask the submission alone, outside the log. None if it fails (the logged calls will tell)."""
        self._scripted = False
        self.settle()
        try:
            return self._ask(op)(wire.allowance(wire.pack(expected)[1]), None)
        except Failure as failure:
            if failure.fatal:
                self.log.entries.append(Entry(op, op["op"], expected, failure=failure))
                raise Stop from None
            return None


def _raising(failure: Failure) -> Pending:
    def pending(*_: object) -> Any:
        raise failure

    return pending


def plain(value: Any) -> Any:
    """Wire form → what a check's author works with: NumPy arrays for arrays and tensors."""
    if isinstance(value, Array):
        return np.array(value.data, copy=True)
    if isinstance(value, (list, tuple)):
        return type(value)(plain(v) for v in value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


class Function:
    """A function or class of both sides; calling it compares, or builds a `Twin` if the reference's is a class."""

    def __init__(self, subject: Subject, target: Name | Ref, label: str, attr: str | None = None):
        self._subject, self._target, self._label, self._attr = subject, target, label, attr

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call both sides and compare. Returns the reference's value, or a Twin for a class."""
        if self._is_class():
            return self.kept(*args, **kwargs)
        return self._subject._both(self._op(args, kwargs), self._label)

    def within(self, tolerance: Tolerance, *args: Any, **kwargs: Any) -> Any:
        """Call and compare with a tolerance other than the exercise's."""
        return self._subject._both(self._op(args, kwargs), self._label, tolerance=tolerance)

    def observed(self, *args: Any, **kwargs: Any) -> Any:
        """Call both sides without comparing; returns the submission's answer."""
        return self._subject._both(self._op(args, kwargs), self._label, judged=False, use_actual=True)

    def quietly(self, *args: Any, **kwargs: Any) -> None:
        """Call both sides for the effect alone; whatever is returned is dropped."""
        op = self._op(args, kwargs) | {"discard": True}
        self._subject._both(op, self._label, judged=False)

    def kept(self, *args: Any, **kwargs: Any) -> Twin:
        """Call both sides and keep the result there: an object to go on working with."""
        ref = Ref(next(self._subject._ids))
        op = self._op(args, kwargs) | {"keep": ref.id}
        self._subject._both(op, self._label, judged=False)
        return Twin(self._subject, ref, self._label)

    def raises(self, *args: Any, error: str, **kwargs: Any) -> None:
        """Require that the call raises this exception (its class name, or a subclass)."""
        op = wire.snapshot_op(self._op(args, kwargs))
        entry = Entry(op, self._label, None, expected_error=error, objects=self._subject._objects)
        self._subject._note(entry, self._subject._ask(entry.op))

    def _op(self, args: tuple, kwargs: dict[str, Any]) -> Op:
        w = self._subject._wire
        op = {"op": "call", "target": self._target, "args": w(list(args)), "kwargs": w(kwargs)}
        return op | {"attr": self._attr} if self._attr else op

    def _is_class(self) -> bool:
        if not isinstance(self._target, Name):
            return False
        return inspect.isclass(self._subject._reference.lookup(self._target))


class Kit:
    """Names of the exercise's `kit.py`."""

    def __init__(self, subject: Subject):
        self._subject = subject

    def __getattr__(self, name: str) -> Function:
        return Function(self._subject, Name("kit", name), name)


class Twin:
    """An object on both sides. Calling methods and reading attributes compares; `assign` sets on both."""

    def __init__(self, subject: Subject, ref: Ref, label: str):
        self._subject, self._ref, self._label = subject, ref, label

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._subject, self._ref, f"{self._label}.{name}", attr=name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object itself (a module's forward pass) and compare."""
        return Function(self._subject, self._ref, self._label)(*args, **kwargs)

    def read(self, attr: str, *, any_shape: bool = False) -> Any:
        """Compare an attribute; `any_shape` compares the values in order, whatever the shape."""
        s = self._subject
        tolerance = replace(s._tolerance, any_shape=any_shape)
        op = {"op": "get", "ref": self._ref, "attr": attr}
        return s._both(op, f"{self._label}.{attr}", tolerance=tolerance)

    def observe(self, attr: str) -> Any:
        """The submission's own value of an attribute, not compared."""
        op = {"op": "get", "ref": self._ref, "attr": attr}
        return self._subject._both(op, f"{self._label}.{attr}", judged=False, use_actual=True)

    def assign(self, **values: np.ndarray) -> None:
        """Set attributes on both sides; each keeps the shape of the array that it replaces."""
        op = {"op": "assign", "ref": self._ref, "values": self._subject._wire(values)}
        self._subject._both(op, f"{self._label}.{', '.join(values)} = …", judged=False)

    def unchanged(self) -> None:
        """Compare a held value with what it was: fails if the submission wrote into its input."""
        op = {"op": "fetch", "ref": self._ref}
        self._subject._both(op, f"{self._label} after the call")

    # ------------------------------------------------------------ torch modules

    def load(self, draw: Any, *inputs: np.ndarray, keep: tuple[str, ...] = ()) -> None:
        """Draw all weights and buffers and load them into both modules.

        Which of the submission's tensors plays which part is found from `inputs` (one forward pass in eval mode) and,
        where that leaves a choice, by trying: names and order of registration do not matter.
        """
        matching.load_drawn(self._subject, self, draw, inputs, keep)

    def count_parameters(self) -> int:
        """Compare the number of trainable values."""
        op = {"op": "count_parameters", "ref": self._ref}
        return self._subject._both(op, f"number of parameters of {self._label}")

    def gradients(self, x: np.ndarray, cotangent: np.ndarray) -> None:
        """Compare the gradients of the input and all parameters, for this gradient of the output."""
        matching.compare_gradients(self._subject, self, x, cotangent)

    def running_statistics(self) -> None:
        """Compare batch norm's running mean and variance, layer by layer."""
        matching.compare_buffers(self._subject, self)
