"""The form in which values cross between grader and worker: plain data, never code.

A value becomes a tree that JSON can hold, and a list of arrays beside it (`frames` says how both travel). Nothing is
unpickled; a dtype is one of a fixed list. Both sides use this module, but only the grader has to distrust what it
reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_TENSORS = 64
MAX_DIMS = 8
MAX_STRING = 1 << 16
MAX_DEPTH = 12
MAX_NODES = 20_000
MANY = 16
DTYPE_NAMES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128"
DTYPES = tuple(np.dtype(name) for name in DTYPE_NAMES.split())
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}
EXTENDED = {"g": np.dtype("float64"), "G": np.dtype("complex128")}  # long double: its format differs by machine


class ProtocolError(Exception):
    """The other side sent something that is not a frame, or not the frame that was asked for."""


@dataclass(frozen=True)
class Array:
    """An array that crossed: a private, C-ordered copy. `kind` is `ndarray`, `scalar` or `tensor` (torch).

    `strides`: how it lies in memory, in elements along each axis, where that is not C order.
    """

    data: np.ndarray
    kind: str = "ndarray"
    requires_grad: bool = False
    strides: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Opaque:
    """A value that cannot cross; only its type's name did."""

    type_name: str


@dataclass(frozen=True)
class Ref:
    """An object that the other side keeps under this number."""

    id: int


@dataclass(frozen=True)
class Name:
    """Something that the other side's module `scope` (`submission` or `kit`) defines."""

    scope: str
    name: str


# ---------------------------------------------------------------- values to a tree and tensors


def pack(value: Any) -> tuple[Any, list[np.ndarray]]:
    """Value → (JSON-able tree, tensors). Unknown objects become `Opaque`; never raises for a student's value."""
    tensors: list[np.ndarray] = []
    return pack_into(tensors, value), tensors


def pack_into(tensors: list[np.ndarray], value: Any) -> Any:
    """Value → JSON-able tree; its tensors are added to the list, which several values may share."""
    if value is None or isinstance(value, bool):
        return value
    return _Packing(tensors).node(value, 0)


class _Packing:
    """One value on its way to a tree. Its nodes, its depth and its number of tensors are limited."""

    def __init__(self, tensors: list[np.ndarray]):
        self.tensors, self.most = tensors, len(tensors) + MAX_TENSORS
        self.left = MAX_NODES

    def node(self, value: Any, depth: int) -> Any:
        self.left -= 1
        if self.left < 0 or depth > MAX_DEPTH:
            return {"t": "opaque", "type": "a structure too large or too deep"}
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is np.ndarray:
            return self.array(value, "ndarray", strides=strides_of(value))
        if kind is str:
            return self.cut(value)
        if isinstance(value, (bool, int)):
            return int(value) if abs(int(value)) < 1 << 63 else {"t": "opaque", "type": "int beyond 64 bits"}
        if kind is float:
            return {"t": "f", "v": value.hex()}
        if isinstance(value, (Ref, Name, Opaque, Array)):
            return self.ours(value)
        if depth and isinstance(value, (np.floating, np.integer)):  # in a list, where there may be many
            return self.node(float(value) if isinstance(value, np.floating) else int(value), depth)
        if isinstance(value, (np.ndarray, np.generic)):
            kind_of_array = "ndarray" if isinstance(value, np.ndarray) else "scalar"
            return self.array(np.asarray(value), kind_of_array, strides=strides_of(value))
        if isinstance(value, (list, tuple)):
            return self.sequence(value, depth)
        if isinstance(value, dict) and all(isinstance(k, str) for k in value):
            pairs = self.within(value.items())
            return {"t": "dict", "v": {self.cut(str(k)): self.node(v, depth + 1) for k, v in pairs}}
        if (tensor := _torch_to_numpy(value)) is not None:
            return self.array(tensor, "tensor", requires_grad=bool(value.requires_grad))
        if isinstance(value, float):
            return {"t": "f", "v": float(value).hex()}
        return {"t": "opaque", "type": f"{kind.__module__}.{kind.__qualname__}"[:200]}

    def sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> Any:
        if (rows := _stacked(value)) is not None:
            return self.array(rows, "ndarray")
        items = [self.node(v, depth + 1) for v in self.within(value)]
        return {"t": "tuple", "v": items} if isinstance(value, tuple) else items

    def within(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values, and one more than there is room for: what a list of millions costs is bounded."""
        for value in values:
            yield value
            if self.left < 0:
                return

    def cut(self, text: str) -> str:
        """A text's beginning; long ones cost as much as what they take in a frame."""
        text = text[:MAX_STRING]
        self.left -= len(text) // 8
        return text

    def ours(self, value: Ref | Name | Opaque | Array) -> Any:
        match value:
            case Ref(id=i):
                return {"t": "ref", "id": i}
            case Name(scope=scope, name=name):
                return {"t": "name", "scope": scope, "name": name}
            case Opaque(type_name=name):
                return {"t": "opaque", "type": name}
            case Array(data=data, kind=kind, requires_grad=grad, strides=strides):
                return self.array(data, kind, grad, strides)

    def array(
        self, array: np.ndarray, kind: str, requires_grad: bool = False, strides: tuple[int, ...] | None = None
    ) -> Any:
        dtype = array.dtype
        if not dtype.isnative or dtype.char in EXTENDED:
            dtype = EXTENDED.get(dtype.char) or dtype.newbyteorder("=")
        if dtype not in CODES or array.ndim > MAX_DIMS:
            return {"t": "opaque", "type": f"numpy array of dtype {str(array.dtype)[:40]}, {array.ndim} dimensions"}
        if len(self.tensors) >= self.most:
            return {"t": "opaque", "type": f"more than {MAX_TENSORS} arrays"}
        # ascontiguousarray would turn 0-d into 1-d
        self.tensors.append(np.array(array, dtype=dtype, order="C", copy=True))
        node = {"t": "array", "i": len(self.tensors) - 1, "kind": kind}
        if strides is not None:
            node["strides"] = list(strides)
        return node | {"grad": True} if requires_grad else node


def _stacked(rows: list[Any] | tuple[Any, ...]) -> np.ndarray | None:
    """A long list of arrays of one shape and dtype as one array: there may be more of them than a frame holds."""
    if len(rows) <= MANY or not all(type(r) is np.ndarray for r in rows):
        return None
    dtype = rows[0].dtype
    if len({(r.shape, r.dtype) for r in rows}) > 1 or not (dtype in CODES or dtype.char in EXTENDED):
        return None
    return np.stack(rows)


def strides_of(array: np.ndarray | np.generic) -> tuple[int, ...] | None:
    """How an array lies in memory, in elements along each axis; None if it is in C order."""
    if array.flags.c_contiguous or any(step % array.itemsize for step in array.strides):
        return None
    return tuple(step // array.itemsize for step in array.strides)


def _torch_to_numpy(value: Any) -> np.ndarray | None:
    """A torch tensor's values, or None if the value is none. torch is not imported for it."""
    import sys

    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "Tensor") or not isinstance(value, torch.Tensor):
        return None
    plain = value.detach().cpu()
    if plain.dtype in (torch.bfloat16,):
        plain = plain.float()
    return np.array(plain.resolve_conj().resolve_neg().numpy(), copy=True)


# ---------------------------------------------------------------- a tree and tensors to a value


def unpack(tree: Any, tensors: list[np.ndarray]) -> Any:
    """(tree, tensors) → value. Raises ProtocolError for a tree that `pack` cannot have made."""
    if tree is None or isinstance(tree, (bool, int, str)):
        return tree
    try:
        return _unpack(tree, list(tensors), [MAX_NODES * 2], 0)
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, RecursionError) as error:
        raise ProtocolError(f"malformed structure: {type(error).__name__}") from error


def _unpack(tree: Any, tensors: list[np.ndarray | None], budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth > MAX_DEPTH + 2:
        raise ProtocolError("structure too large or too deep")
    if tree is None or isinstance(tree, (bool, int, str)):
        return tree
    if isinstance(tree, list):
        return [_unpack(v, tensors, budget, depth + 1) for v in tree]
    if not isinstance(tree, dict):
        raise ProtocolError("malformed structure")
    match tree["t"]:
        case "f":
            return float.fromhex(tree["v"])
        case "array":
            data = _taken(tensors, tree["i"])
            return Array(data, _kind(tree["kind"]), tree.get("grad") is True, _strides(tree.get("strides"), data))
        case "tuple":
            return tuple(_unpack(v, tensors, budget, depth + 1) for v in list(tree["v"]))
        case "dict":
            return {str(k): _unpack(v, tensors, budget, depth + 1) for k, v in dict(tree["v"]).items()}
        case "ref":
            return Ref(int(tree["id"]))
        case "name":
            return Name(str(tree["scope"]), str(tree["name"]))
        case "opaque":
            return Opaque(str(tree["type"])[:300])
    raise ProtocolError("unknown kind of value")


def _taken(tensors: list[np.ndarray | None], index: Any) -> np.ndarray:
    """Each tensor belongs to one place: a list that names one a thousand times would be a thousand times its size."""
    if not isinstance(index, int) or index < 0 or (tensor := tensors[index]) is None:
        raise ProtocolError("bad tensor index")
    tensors[index] = None
    return tensor


def _strides(steps: Any, data: np.ndarray) -> tuple[int, ...] | None:
    """Strides that ask for a few times the memory of the array at most; others tell nothing of the values."""
    if steps is None:
        return None
    found = tuple(int(step) for step in steps)
    if len(found) != data.ndim or span(data.shape, found)[1] > 4 * data.size + (1 << 10):
        return None
    return found


def span(shape: tuple[int, ...], strides: tuple[int, ...]) -> tuple[int, int]:
    """Where the first element lies in the memory of such an array, and how many elements that has."""
    reach = [step * (length - 1) for length, step in zip(shape, strides, strict=True)]
    first = -sum(step for step in reach if step < 0)
    return first, first + 1 + sum(step for step in reach if step > 0)


def _kind(value: Any) -> str:
    if value not in ("ndarray", "scalar", "tensor"):
        raise ProtocolError("bad array kind")
    return str(value)


def snapshot(value: Any) -> Any:
    """What a value looks like after crossing: a private copy, in the same form for both sides."""
    return unpack(*pack(value))


def allowance(expected: list[np.ndarray]) -> int:
    """How many bytes a reply may have: four times the expected ones, and a megabyte for mistakes to be shown."""
    return 4 * sum(t.nbytes for t in expected) + (1 << 20)
