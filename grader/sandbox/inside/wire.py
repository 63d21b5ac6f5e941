"""The form in which values cross between grader and worker: plain data, never code.

A frame is a fixed header, one fixed descriptor per tensor, a JSON text for the structure, and the tensors' raw
bytes in C order. Nothing is unpickled; a dtype is one of a fixed list; every length is checked before it is
believed. Both sides use this module, but only the grader has to distrust what it reads.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

MAGIC = b"CNNG"
VERSION = 1
HEADER = struct.Struct("<4sHHQIQ")  # magic, version, tensor count, request id, text bytes, tensor bytes
DESCRIPTOR = struct.Struct("<BB6x8Q")  # dtype code, dimensions, shape padded with zeros
MAX_TENSORS = 64
MAX_DIMS = 8
MAX_TEXT = 1 << 20
MAX_STRING = 1 << 16
MAX_DEPTH = 12
MAX_NODES = 20_000
SMALL = 1 << 16  # bytes that are sent and received at once
MANY = 16
DTYPE_NAMES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 complex64 complex128"
DTYPES = tuple(np.dtype(name) for name in DTYPE_NAMES.split())
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}
EXTENDED = {"g": np.dtype("float64"), "G": np.dtype("complex128")}  # long double: what it is differs by machine

JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Recv = Callable[[int], bytes | bytearray]


class ProtocolError(Exception):
    """The other side sent something that is not a frame, or not the frame that was asked for."""


class TooLarge(ProtocolError):
    """A well-formed frame announces more bytes than were allowed. `shapes` are its tensors' shapes."""

    def __init__(self, size: int, limit: int, shapes: list[tuple[int, ...]]):
        super().__init__(f"{size} bytes announced, {limit} allowed")
        self.size, self.limit, self.shapes = size, limit, shapes


@dataclass(frozen=True)
class Array:
    """An array that crossed: a private, C-ordered copy. `kind` is `ndarray`, `scalar` or `tensor` (torch)."""

    data: np.ndarray
    kind: str = "ndarray"
    requires_grad: bool = False


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


# ---------------------------------------------------------------- values to a tree and tensors, and back


def pack(value: Any) -> tuple[Any, list[np.ndarray]]:
    """Value → (JSON-able tree, tensors). Unknown objects become `Opaque`; never raises for a student's value."""
    tensors: list[np.ndarray] = []
    budget = [MAX_NODES]
    return _pack(value, tensors, budget, 0), tensors


def _pack(value: Any, tensors: list[np.ndarray], budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth > MAX_DEPTH:
        return {"t": "opaque", "type": "a structure too large or too deep"}
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return _cut(value, budget)
    if isinstance(value, (bool, int)):
        return int(value) if abs(int(value)) < 1 << 63 else {"t": "opaque", "type": "int beyond 64 bits"}
    if kind is float:
        return {"t": "f", "v": value.hex()}
    if isinstance(value, (Ref, Name, Opaque, Array)):
        return _pack_ours(value, tensors)
    if depth and isinstance(value, (np.floating, np.integer)):  # in a list, where there may be many
        return _pack(value.item(), tensors, budget, depth)
    if isinstance(value, (np.ndarray, np.generic)):
        return _pack_array(np.asarray(value), "ndarray" if isinstance(value, np.ndarray) else "scalar", tensors)
    if isinstance(value, (list, tuple)):
        if (rows := _stacked(value)) is not None:
            return _pack_array(rows, "ndarray", tensors)
        items = [_pack(v, tensors, budget, depth + 1) for v in _within(budget, value)]
        return {"t": "tuple", "v": items} if isinstance(value, tuple) else items
    if isinstance(value, dict) and all(isinstance(k, str) for k in value):
        pairs = _within(budget, value.items())
        return {"t": "dict", "v": {_cut(str(k), budget): _pack(v, tensors, budget, depth + 1) for k, v in pairs}}
    if (tensor := _torch_to_numpy(value)) is not None:
        return _pack_array(tensor, "tensor", tensors, requires_grad=bool(value.requires_grad))
    if isinstance(value, float):
        return {"t": "f", "v": float(value).hex()}
    return {"t": "opaque", "type": f"{kind.__module__}.{kind.__qualname__}"[:200]}


def _stacked(rows: list | tuple) -> np.ndarray | None:
    """A long list of arrays of one shape and dtype as one array: there may be more of them than a frame holds."""
    if len(rows) <= MANY or not all(type(r) is np.ndarray for r in rows):
        return None
    if len({(r.shape, r.dtype) for r in rows}) > 1 or rows[0].dtype not in CODES:
        return None
    return np.stack(rows)


def _within(budget: list[int], values: Iterable[Any]) -> Iterator[Any]:
    """The values, and one more than the budget has room for: what a list of millions costs is bounded."""
    for value in values:
        yield value
        if budget[0] < 0:
            return


def _cut(text: str, budget: list[int]) -> str:
    """A text's beginning; long ones cost as much as what they take in a frame."""
    text = text[:MAX_STRING]
    budget[0] -= len(text) // 8
    return text


def _pack_ours(value: Ref | Name | Opaque | Array, tensors: list[np.ndarray]) -> Any:
    match value:
        case Ref(id=i):
            return {"t": "ref", "id": i}
        case Name(scope=scope, name=name):
            return {"t": "name", "scope": scope, "name": name}
        case Opaque(type_name=name):
            return {"t": "opaque", "type": name}
        case Array(data=data, kind=kind, requires_grad=grad):
            return _pack_array(data, kind, tensors, requires_grad=grad)


def _pack_array(array: np.ndarray, kind: str, tensors: list[np.ndarray], requires_grad: bool = False) -> Any:
    dtype = EXTENDED.get(array.dtype.char) or array.dtype.newbyteorder("=")
    if dtype not in CODES or array.ndim > MAX_DIMS:
        return {"t": "opaque", "type": f"numpy array of dtype {str(array.dtype)[:40]}, {array.ndim} dimensions"}
    if len(tensors) >= MAX_TENSORS:
        return {"t": "opaque", "type": f"more than {MAX_TENSORS} arrays"}
    # ascontiguousarray would turn 0-d into 1-d
    tensors.append(np.array(array, dtype=dtype, order="C", copy=True))
    node = {"t": "array", "i": len(tensors) - 1, "kind": kind}
    return node | {"grad": True} if requires_grad else node


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


def unpack(tree: Any, tensors: list[np.ndarray]) -> Any:
    """(tree, tensors) → value. Raises ProtocolError for a tree that `pack` cannot have made."""
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
            return Array(_taken(tensors, tree["i"]), _kind(tree["kind"]), tree.get("grad") is True)
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


def _kind(value: Any) -> str:
    if value not in ("ndarray", "scalar", "tensor"):
        raise ProtocolError("bad array kind")
    return value


def snapshot(value: Any) -> Any:
    """What a value looks like after crossing: a private copy, in the same form for both sides."""
    return unpack(*pack(value))


def allowance(expected: list[np.ndarray]) -> int:
    """How many bytes a reply may have: four times the expected ones, and a megabyte for mistakes to be shown."""
    return 4 * sum(t.nbytes for t in expected) + (1 << 20)


# ---------------------------------------------------------------- frames


class Body:
    """A message and its tensors as they are sent, under whatever number."""

    def __init__(self, message: Any, tensors: list[np.ndarray]):
        text = JSON.encode(message).encode("utf-8", "surrogatepass")
        self._count, self._text_size, self._size = len(tensors), len(text), sum(t.nbytes for t in tensors)
        parts: list[bytes | memoryview] = [b"".join(map(_descriptor, tensors)) + text]
        parts += [_raw(t) for t in tensors if t.nbytes]
        small = self._size < SMALL  # one wake-up of the other side instead of several
        self._parts = [b"".join(parts)] if small else parts

    def frame(self, request_id: int) -> list[bytes | memoryview]:
        """One frame as buffers to write one after the other."""
        header = HEADER.pack(MAGIC, VERSION, self._count, request_id, self._text_size, self._size)
        return [header + self._parts[0], *self._parts[1:]]


def encode(request_id: int, message: Any, tensors: list[np.ndarray]) -> list[bytes | memoryview]:
    """One frame of a message that is sent once."""
    return Body(message, tensors).frame(request_id)


def _raw(tensor: np.ndarray) -> memoryview:
    return memoryview(tensor).cast("B")  # type: ignore[arg-type]


def _descriptor(tensor: np.ndarray) -> bytes:
    shape = tensor.shape + (0,) * (MAX_DIMS - tensor.ndim)
    return DESCRIPTOR.pack(CODES[tensor.dtype], tensor.ndim, *shape)


class Reader:
    """Takes bytes from a stream, of small portions more at once than are wanted at the moment.

    `received(into)` puts some bytes there, at least one, and says how many.
    """

    def __init__(self, received: Callable[[memoryview], int]):
        self._received = received
        self._chunk = memoryview(bytearray(SMALL))
        self.ahead = bytearray()  # received, and not wanted yet

    def exactly(self, count: int) -> bytearray:
        """The next `count` bytes."""
        while len(self.ahead) < count <= SMALL:
            self.ahead += self._chunk[: self._received(self._chunk)]
        data = self.ahead[:count]
        here = len(data)
        del self.ahead[:count]
        if here == count:
            return data
        data += bytes(count - here)
        rest = memoryview(data)[here:]
        while rest:
            rest = rest[self._received(rest) :]
        return data


def read_frame(
    recv: Recv,
    *,
    request_id: int | None = None,
    max_bytes: int = 1 << 62,
    max_text: int = MAX_TEXT,
    max_tensors: int = MAX_TENSORS,
) -> tuple[int, Any, list[np.ndarray]]:
    """Read one frame through `recv(n)`, which returns exactly n bytes or raises.

    Sizes are judged from the header, before anything of that size is read or allocated. Raises ProtocolError, or
    TooLarge for an honest frame that is larger than `max_bytes`.
    """
    magic, version, count, got_id, text_size, tensor_size = HEADER.unpack(recv(HEADER.size))
    if magic != MAGIC or version != VERSION:
        raise ProtocolError("bad header")
    if request_id is not None and got_id != request_id:
        raise ProtocolError("reply to another request")
    if count > max_tensors or text_size > max_text:
        raise ProtocolError("too many tensors, or too much text")
    specs = [_spec(*fields) for fields in DESCRIPTOR.iter_unpack(recv(count * DESCRIPTOR.size))]
    sizes = [math.prod(shape) * dtype.itemsize for dtype, shape in specs]
    if sum(sizes) != tensor_size:
        raise ProtocolError("sizes do not add up")
    if tensor_size > max_bytes:
        raise TooLarge(tensor_size, max_bytes, [shape for _, shape in specs])
    message = _json(bytes(recv(text_size)))
    tensors = [_tensor(recv(size), dtype, shape) for size, (dtype, shape) in zip(sizes, specs, strict=True)]
    return got_id, message, tensors


def _spec(code: int, ndim: int, *shape: int) -> tuple[np.dtype, tuple[int, ...]]:
    if code >= len(DTYPES) or ndim > MAX_DIMS:
        raise ProtocolError("unknown dtype or too many dimensions")
    return DTYPES[code], shape[:ndim]


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise ProtocolError("text is not JSON") from error


def _tensor(raw: bytes | bytearray, dtype: np.dtype, shape: tuple[int, ...]) -> np.ndarray:
    array = np.frombuffer(raw, dtype=dtype)
    if dtype == np.bool_:
        array = np.frombuffer(raw, dtype=np.uint8) != 0
    try:
        return array.reshape(shape) if raw else np.empty(shape, dtype)
    except ValueError as error:
        raise ProtocolError("impossible shape") from error


class Op(dict[str, Any]):
    """An operation. What it looks like when it is sent is worked out once."""

    @cached_property
    def body(self) -> Body:
        """The request, as frames carry it."""
        tensors: list[np.ndarray] = []
        return Body({"kind": "op", "op": {key: _shared(value, tensors) for key, value in self.items()}}, tensors)

    def __reduce__(self) -> tuple[Any, ...]:
        return Op, (dict(self),)  # pickled, it is what it says, whether it has been sent or not


def snapshot_op(op: dict[str, Any]) -> Op:
    """An operation whose values are private copies (its own keys are kept as they are)."""
    return Op({key: snapshot(value) for key, value in op.items()})


def _shared(value: Any, tensors: list[np.ndarray]) -> Any:
    """Pack into a list of tensors that several values share."""
    tree, more = pack(value)
    offset = len(tensors)
    tensors += more
    return _shifted(tree, offset) if offset and more else tree


def _shifted(tree: Any, offset: int) -> Any:
    if isinstance(tree, list):
        return [_shifted(t, offset) for t in tree]
    if isinstance(tree, dict):
        if tree.get("t") == "array":
            return tree | {"i": tree["i"] + offset}
        inner = {"v"} if "t" in tree else tree.keys()
        return {k: _shifted(v, offset) if k in inner else v for k, v in tree.items()}
    return tree
