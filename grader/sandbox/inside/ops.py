"""The operations that the grader asks of a module: call a function, build an object, set and read attributes.

The submission answers them in its worker, behind the wire; the reference and the misconceptions in the grader. An
operation crosses as the name of its class and its fields, whose values are in the form of `wire`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np

from . import wire
from .frames import Body
from .wire import Array, Name, ProtocolError, Ref


@dataclass(eq=False, repr=False)
class Op:
    """One operation."""

    @property
    def keeps(self) -> int | None:
        """The number under which its result is kept on the other side, if it is."""
        return getattr(self, "keep", None)

    def parts(self) -> dict[str, Any]:
        """Its fields by name."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def snapshot(self) -> Self:
        """The same operation with private copies of all values, as they look after crossing; ready to be sent."""
        packed, tensors = self._packed()
        made = type(self)(**{name: wire.unpack(value, tensors) for name, value in packed.items()})
        made.__dict__["body"] = self._encoded(packed, tensors)
        return made

    @cached_property
    def body(self) -> Body:
        """The request, as frames carry it; encoded once, however many workers are asked."""
        return self._encoded(*self._packed())

    def _packed(self) -> tuple[dict[str, Any], list[np.ndarray]]:
        tensors: list[np.ndarray] = []
        return {name: wire.pack_into(tensors, value) for name, value in self.parts().items()}, tensors

    def _encoded(self, packed: dict[str, Any], tensors: list[np.ndarray]) -> Body:
        return Body({"kind": "op", "op": type(self).__name__, "fields": packed}, tensors)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(self.parts().values())  # pickled, it is the same whether it has been sent or not


@dataclass(eq=False, repr=False)
class Call(Op):
    """Call a function, an object that is kept, or its method `attr`; with `keep`, the result is kept, not returned.

    With `discard` nothing is returned. With `times`, the very same arguments are given again: the last result counts.
    With `then`, it is called once more with these arguments, and the first result is returned, as it is then.
    With `given`, the arguments are kept under these numbers, positional ones first, whether or not the call returns.
    Unless `recorded`, autograd records nothing meanwhile.
    Many positional arguments that are arrays of one shape cross as one array.
    """

    target: Name | Ref
    args: list[Any] | Array
    kwargs: dict[str, Any]
    attr: str = ""
    keep: int | None = None
    discard: bool = False
    times: int = 1
    given: list[int] = field(default_factory=list)
    then: tuple[list[Any], dict[str, Any]] | None = None
    recorded: bool = True

    def positional(self) -> list[Any]:
        """The positional arguments one by one."""
        return [Array(row) for row in self.args.data] if isinstance(self.args, Array) else self.args


@dataclass(eq=False, repr=False)
class Hold(Op):
    """Keep a value."""

    value: Any
    keep: int


@dataclass(eq=False, repr=False)
class RefOp(Op):
    """An operation on an object that is kept."""

    ref: Ref


@dataclass(eq=False, repr=False)
class Get(RefOp):
    """Read an attribute."""

    attr: str


@dataclass(eq=False, repr=False)
class Assign(RefOp):
    """Set attributes; each keeps the shape of what it replaces, if the sizes agree."""

    values: dict[str, Any]


@dataclass(eq=False, repr=False)
class Inspect(Op):
    """What was passed to a call, by its parameters' names, as it is now (see `states`)."""

    arguments: dict[str, Ref]


# ---------------------------------------------------------------- torch modules (carried out by `modules`)


@dataclass(eq=False, repr=False)
class ModuleOp(RefOp):
    """An operation on a `torch.nn.Module` that is kept. Tensors go by the module's own names for them."""


@dataclass(eq=False, repr=False)
class Describe(ModuleOp):
    """Its tensors, and the order in which its parts run on these inputs."""

    inputs: list[Array]


@dataclass(eq=False, repr=False)
class LoadState(ModuleOp):
    """Copy values into its tensors."""

    values: dict[str, Array]


@dataclass(eq=False, repr=False)
class Zero(ModuleOp):
    """Set these parameters to zero."""

    names: list[str]


@dataclass(eq=False, repr=False)
class Probe(ModuleOp):
    """Its output in eval mode."""

    inputs: list[Array]


@dataclass(eq=False, repr=False)
class ReadState(ModuleOp):
    """The values of these tensors."""

    names: list[str]


@dataclass(eq=False, repr=False)
class CountParameters(ModuleOp):
    """The number of trainable values."""


@dataclass(eq=False, repr=False)
class Gradients(ModuleOp):
    """Its output, and the gradients of the input and of these parameters, for this gradient of the output."""

    input: Array
    cotangent: Array
    names: list[str]


# ---------------------------------------------------------------- devices (carried out by `accelerator`)


@dataclass(eq=False, repr=False)
class DeviceOp(Op):
    """An operation on the device that torch knows by this name."""

    device: str


@dataclass(eq=False, repr=False)
class Prepare(DeviceOp):
    """Make an object once, move it to the device, and keep it."""

    target: Name
    args: list[Any] | Array
    keep: int


@dataclass(eq=False, repr=False)
class CallBatch(DeviceOp):
    """One call for each list of arguments, all of them on the device; then wait for the device."""

    target: Name | Ref
    batch: list[list[Any]]


@dataclass(eq=False, repr=False)
class Flush(DeviceOp):
    """Write so many MiB, which drives everything else out of the device's caches."""

    mib: int


@dataclass(eq=False, repr=False)
class Peaks(DeviceOp):
    """The most that the device can do: (floating-point operations, bytes) per second.

    Measured on square matrices of this side, and on a copy of so many MiB.
    """

    side: int
    mib: int


@dataclass(eq=False, repr=False)
class Ballast(DeviceOp):
    """Take all of the device's memory but this many bytes, and keep it."""

    free: int
    keep: int


# ---------------------------------------------------------------- from the wire

KINDS: dict[str, type[Op]] = {
    kind.__name__: kind
    for kind in (
        *(Call, Hold, Get, Assign, Inspect),
        *(Describe, LoadState, Zero, Probe, ReadState, CountParameters, Gradients),
        *(Prepare, CallBatch, Flush, Peaks, Ballast),
    )
}


def unpack(name: str, packed: dict[str, Any], tensors: list[np.ndarray]) -> Op:
    """The operation of this name and these fields. Raises ProtocolError unless they are the fields that it has."""
    kind = KINDS.get(name)
    if kind is None:
        raise ProtocolError(f"no operation is called {name!r}")
    if packed.keys() != kind.__dataclass_fields__.keys():
        raise ProtocolError(f"the fields of {name} are wrong: {', '.join(packed)}")
    return kind(**{field: wire.unpack(value, tensors) for field, value in packed.items()})
