"""The `submission` fixture: everything done to it is done to the reference too, and the results are compared.

A check reads like a script of calls:

    def test_stride(submission, draw):
        submission.conv2d(draw.array(7, 9), draw.array(3, 2), stride=2)

Each call is asked of the submission and made on the reference, and the check goes on with the *reference's* value
(see `sides`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import Interpreter
from ..sandbox.inside.ops import Assign, Call, Get, Hold, Inspect, LoadState
from ..sandbox.inside.wire import Array, Name, Ref
from .arguments import kind_made, passes, reversed_arrays
from .backend import Backend
from .compare import Tolerance, difference
from .draw import Draw
from .log import Entry, Log
from .matching import Map
from .modules import ModuleTwin, Weights
from .sides import Sides, Stop

__all__ = ["Function", "Kit", "Stop", "Subject", "Twin"]


AFTERWARDS = "arguments afterwards"  # the call, and then what it left of its arguments
UNRECORDED = "without gradients"  # for modules: the same, under torch.no_grad()
ANSWER = "answer afterwards"  # the call, another call, and then the answer to the first
CALLS = ("positional", "keywords", "again", AFTERWARDS, ANSWER)  # the ways to call a function


class Subject:
    """The submission and the reference as one. Attributes are the names that the exercise asks for.

    With more `haste` (up to 3), each call may take less: where others did not come to their end.
    """

    def __init__(self, reference: Interpreter, backend: Backend, *, framework: str = "numpy", haste: int = 0):
        self._sides = Sides(reference, backend, framework, haste)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Function(self._sides, Name("submission", name), name)

    @property
    def kit(self) -> Kit:
        """The exercise's own helpers (`kit.py`), present on both sides: networks, layers, training functions."""
        return Kit(self._sides)

    def hold(self, value: Any) -> Twin:
        """Keep a value on the submission's side, so that later calls get the same object (changed or not)."""
        ref = self._sides.new_ref()
        self._sides.both(Hold(_wired(value, self._sides), ref.id), "handing over an input", judged=False)
        return Twin(self._sides, ref, "the input")

    def observe(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call without comparing: returns the submission's own answer (arrays as NumPy). `judge` it afterwards."""
        return Function(self._sides, Name("submission", name), name).observed(*args, **kwargs)

    def judge(self, expected: Any, actual: Any, what: str, tolerance: Tolerance | None = None) -> None:
        """Compare two values of the check's own making; `what` names the compared thing in the message."""
        want, got = wire.snapshot(_wired(expected, self._sides)), wire.snapshot(_wired(actual, self._sides))
        entry = Entry(None, what, want, got)
        entry.difference = difference(want, got, tolerance or self._sides.tolerance)
        self._sides.conclude(entry)

    def require(self, condition: bool, message: str) -> None:
        """Fail the check with this message unless the condition holds."""
        self._sides.conclude(Entry(None, "", None, unmet="" if condition else message))

    @contextlib.contextmanager
    def case(self, factors: Mapping[str, Any], unusual: Mapping[str, Any]) -> Iterator[None]:
        """All that is asked meanwhile belongs to this case of a space; `unusual` is what of it is not simplest."""
        self._sides.case, self._sides.unusual = factors, unusual
        yield
        self._sides.case, self._sides.unusual = None, {}

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All that is asked meanwhile goes out in few sends."""
        with self._sides.together():
            yield

    # ------------------------------------------------------------ for the code that runs the check

    @property
    def log(self) -> Log:
        """What was asked and answered."""
        return self._sides.log

    def settle(self) -> None:
        """Take the answers to all that was asked. Raises Stop where the check could not have gone on."""
        self._sides.settle()

    def script(self) -> list[Entry]:
        """All that was asked and is expected, if others will be asked the same whatever they answer; else nothing."""
        return self._sides.script()

    def replay(self, script: list[Entry], meanwhile: Callable[[], object] = int) -> None:
        """Ask what a script says, do something else meanwhile, and take the answers.

        Raises Stop where the check could not have gone on.
        """
        self._sides.replay(script, meanwhile)

    def ask(self, entry: Entry) -> None:
        """Ask both sides what an entry of another log asked, without comparing."""
        assert entry.op is not None, "a comparison of a check's own asks nothing"
        self._sides.both(entry.op, entry.call, judged=False)

    def match(self, module: Ref, inputs: list[Array], values: Weights) -> tuple[LoadState, Map] | None:
        """Load these weights into a module that both sides keep: what was loaded, and the submission's names for it.

        `values` gives a tensor's, from the reference's name for it, its shape and its common initial value (or NaN);
        None where it is to stay as it is. None where the submission has no counterpart of a tensor. Raises Stop.
        """
        return ModuleTwin(self._sides, module, "the module").match(inputs, values)

    def rename(self, names: Mapping[int, Map]) -> None:
        """Speak of these modules' tensors to the submission by these names."""
        for number, known in names.items():
            self._sides.rename(Ref(number), known)


def _wired(value: Any, sides: Sides) -> Any:
    """Arguments of a check → wire form: twins become refs; in torch exercises arrays become tensors."""
    if isinstance(value, Twin):
        return value._ref
    if isinstance(value, Function):
        return value._target
    if isinstance(value, np.integer):  # also in a list, where it would cross as an int
        return Array(np.asarray(value), "scalar")
    if isinstance(value, np.ndarray) and sides.torch:
        return Array(value, "tensor", strides=wire.strides_of(value))
    if isinstance(value, (list, tuple)):
        return type(value)(_wired(v, sides) for v in value)
    if isinstance(value, dict):
        return {k: _wired(v, sides) for k, v in value.items()}
    return value


def _scalar(value: Any) -> Any:
    """A NumPy scalar crosses as one if it is an argument by itself."""
    return Array(np.asarray(value), "scalar") if isinstance(value, np.generic) else value


class Function:
    """A function or class of both sides; calling it compares, or builds a `Twin` if the reference's is a class."""

    def __init__(self, sides: Sides, target: Name | Ref, label: str, attr: str = ""):
        self._sides, self._target, self._label, self._attr = sides, target, label, attr

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call both sides and compare. Returns the reference's value, or a Twin for a class."""
        if self._is_class():
            return self.kept(*args, **kwargs)
        return self._sides.both(self._op(args, kwargs), self._label)

    def within(self, tolerance: Tolerance, *args: Any, **kwargs: Any) -> Any:
        """Call and compare with a tolerance other than the exercise's."""
        return self._sides.both(self._op(args, kwargs), self._label, tolerance=tolerance)

    def by(self, call: str, /, *, tolerance: Tolerance | None = None, **arguments: Any) -> Any:
        """Call and compare, as one of CALLS says: `positional` (in this order), `again`, else by keywords.

        `again` calls twice with the same objects and compares the second answer; `arguments afterwards` passes the
        first by position and the others by keywords, and compares all of them after the call as well; `without
        gradients` is the same where autograd records nothing; `answer afterwards` calls once more, then with all arrays
        reversed, and compares what the answer before is then.
        """
        names, inspected = list(arguments), call in (AFTERWARDS, UNRECORDED)
        places = 1 if inspected else len(names) if call in ("positional", "again", ANSWER) else 0
        args = tuple(arguments[name] for name in names[:places])
        op = self._op(args, {name: arguments[name] for name in names[places:]})
        op = replace(op, times=2 if call == "again" else 1, recorded=call != UNRECORDED)
        if inspected:
            op = self._giving(op)
        found = self._sides.both(op, self._label, tolerance=tolerance)
        self._inspect(op, names)
        if call == ANSWER:
            self._after_another(op, tolerance)
        return found

    def _after_another(self, op: Call, tolerance: Tolerance | None) -> None:
        """Compare the answer to this call as it is after another one."""
        other = reversed_arrays(op.args), reversed_arrays(op.kwargs)
        self._sides.both(replace(op, then=other), self._label, tolerance=tolerance)

    def observed(self, *args: Any, **kwargs: Any) -> Any:
        """Call both sides without comparing; returns the submission's answer."""
        return self._sides.both(self._op(args, kwargs), self._label, judged=False, use_actual=True)

    def quietly(self, *args: Any, **kwargs: Any) -> None:
        """Call both sides for the effect alone; whatever is returned is dropped."""
        op = replace(self._op(args, kwargs), discard=True)
        self._sides.both(op, self._label, judged=False)

    def kept(self, *args: Any, **kwargs: Any) -> Twin:
        """Call both sides and keep the result there: an object to go on working with."""
        ref = self._sides.new_ref()
        op = replace(self._op(args, kwargs), keep=ref.id)
        kind = kind_made(op) or self._label
        self._sides.both(op, kind, judged=False)
        return Twin(self._sides, ref, kind)

    def raises(self, *args: Any, error: str, **kwargs: Any) -> None:
        """Require that the call raises this exception (its class name, or a subclass), and leaves its arguments."""
        op = self._giving(self._op(args, kwargs))
        self._sides.must_raise(op, self._label, error)
        known = self._sides.parameters(self._target)
        names = known[: len(args)] + [f"argument {n}" for n in range(len(known) + 1, len(args) + 1)]
        self._inspect(op, [*names, *kwargs])

    def _giving(self, op: Call) -> Call:
        """The same call, whose arguments are kept on both sides, if any of them can be written to."""
        given = [*op.positional(), *op.kwargs.values()]
        can_change = any(isinstance(value, (Array, np.ndarray, list, dict)) for value in given)
        return replace(op, given=[self._sides.new_ref().id for _ in given] if can_change else [])

    def _inspect(self, op: Call, names: list[str]) -> None:
        """Compare the arguments that this call was given, if they are kept, with what they were."""
        if op.given:
            kept = dict(zip(names, map(Ref, op.given), strict=True))
            self._sides.inspect(Inspect(kept), self._label, after=op)

    def _op(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
        given = [_wired(_scalar(value), self._sides) for value in args]
        named = {name: _wired(_scalar(value), self._sides) for name, value in kwargs.items()}
        return Call(self._target, given, named, self._attr)

    def _is_class(self) -> bool:
        return isinstance(self._target, Name) and self._sides.is_class(self._target)


class Kit:
    """Names of the exercise's `kit.py`."""

    def __init__(self, sides: Sides):
        self._sides = sides

    def __getattr__(self, name: str) -> Function:
        return Function(self._sides, Name("kit", name), name)


class Twin:
    """An object on both sides. Calling methods and reading attributes compares; `assign` sets on both."""

    def __init__(self, sides: Sides, ref: Ref, label: str):
        self._sides, self._ref, self._label = sides, ref, label

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "forward" and self._sides.torch:  # the module itself is called, so that its hooks are, too
            return Function(self._sides, self._ref, self._label)
        return Function(self._sides, self._ref, f"{self._label}.{name}", attr=name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object itself (a module's forward pass) and compare."""
        return Function(self._sides, self._ref, self._label)(*args, **kwargs)

    def read(self, attr: str, *, any_shape: bool = False, tolerance: Tolerance | None = None) -> Any:
        """Compare an attribute, with the exercise's tolerance or another; `any_shape`: in order, whatever the shape."""
        op = Get(self._ref, attr)
        tolerance = replace(tolerance or self._sides.tolerance_of(op), any_shape=any_shape)
        return self._sides.both(op, f"{self._label}.{attr}", tolerance=tolerance)

    def observe(self, attr: str) -> Any:
        """The submission's own value of an attribute, not compared."""
        return self._sides.both(Get(self._ref, attr), f"{self._label}.{attr}", judged=False, use_actual=True)

    def assign(self, **values: np.ndarray) -> None:
        """Set attributes on both sides; each keeps the shape of the array that it replaces."""
        op = Assign(self._ref, _wired(values, self._sides))
        self._sides.both(op, f"{self._label}.{', '.join(values)} = …", judged=False)

    def unchanged(self) -> None:
        """Compare a held value with what it was: fails if a call changed its values, dtype, strides or gradient."""
        name, last = f"{self._label} after the call", None
        for entry in self._sides.log.entries:
            if isinstance(entry.op, Call) and passes(entry.op, self._ref):
                name, last = entry.call, entry.op
        self._sides.inspect(Inspect({self._label: self._ref}), name, after=last)

    # ------------------------------------------------------------ torch modules

    def load(self, draw: Draw, *inputs: np.ndarray, keep: tuple[str, ...] = ()) -> None:
        """Draw all weights and buffers and load them into both modules.

        Which of the submission's tensors plays which part is found from `inputs` (one forward pass in eval mode) and,
        where that leaves a choice, by trying: names and order of registration do not matter.
        """
        ModuleTwin(self._sides, self._ref, self._label).load(draw, inputs, keep)

    def count_parameters(self) -> int:
        """Compare the number of trainable values."""
        return ModuleTwin(self._sides, self._ref, self._label).count_parameters()

    def gradients(self, x: np.ndarray, cotangent: np.ndarray) -> None:
        """Compare the gradients of the input and all parameters, for this gradient of the output."""
        ModuleTwin(self._sides, self._ref, self._label).gradients(x, cotangent)

    def running_statistics(self) -> None:
        """Compare batch norm's running mean and variance, layer by layer."""
        ModuleTwin(self._sides, self._ref, self._label).running_statistics()
