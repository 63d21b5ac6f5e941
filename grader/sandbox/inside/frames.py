"""Frames: how a message and its arrays travel on a socket.

A frame is a fixed header, one fixed descriptor per tensor, a JSON text for the structure, and the tensors' raw bytes
in C order. Every length is checked before it is believed.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from .wire import CODES, DTYPES, MAX_DIMS, MAX_TENSORS, ProtocolError

MAGIC = b"CNNG"
VERSION = 1
HEADER = struct.Struct("<4sHHQIQ")  # magic, version, tensor count, request id, text bytes, tensor bytes
DESCRIPTOR = struct.Struct("<BB6x8Q")  # dtype code, dimensions, shape padded with zeros
MAX_TEXT = 1 << 20
SMALL = 1 << 16  # bytes that are sent and received at once

JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Recv = Callable[[int], bytes | bytearray]


class TooLarge(ProtocolError):
    """A well-formed frame announces more bytes than were allowed. `shapes` are its tensors' shapes."""

    def __init__(self, size: int, limit: int, shapes: list[tuple[int, ...]]):
        super().__init__(f"{size} bytes announced, {limit} allowed")
        self.size, self.limit, self.shapes = size, limit, shapes


class Body:
    """A message and its tensors, encoded once; each frame made of them has its own request id."""

    def __init__(self, message: Any, tensors: list[np.ndarray]):
        text = JSON.encode(message).encode("utf-8", "surrogatepass")
        self._count, self._text_size, self._size = len(tensors), len(text), sum([t.nbytes for t in tensors])
        start, raw = [*map(_descriptor, tensors), text], [_raw(t) for t in tensors if t.nbytes]
        small = self._size < SMALL  # one wake-up of the other side instead of several
        self._start = b"".join([*start, *raw] if small else start)
        self._rest = [] if small else raw

    def frame(self, request_id: int) -> list[bytes | memoryview]:
        """One frame as buffers to write one after the other."""
        header = HEADER.pack(MAGIC, VERSION, self._count, request_id, self._text_size, self._size)
        return [header + self._start, *self._rest]


def encode(request_id: int, message: Any, tensors: list[np.ndarray]) -> list[bytes | memoryview]:
    """One frame of a message that is sent once."""
    return Body(message, tensors).frame(request_id)


def _raw(tensor: np.ndarray) -> memoryview:
    return memoryview(tensor).cast("B")  # type: ignore[arg-type]


def _descriptor(tensor: np.ndarray) -> bytes:
    shape = tensor.shape + (0,) * (MAX_DIMS - tensor.ndim)
    return DESCRIPTOR.pack(CODES[tensor.dtype], tensor.ndim, *shape)


class ByteStream:
    """Takes bytes from a stream; while little is wanted, it reads ahead.

    `received(into)` puts some bytes there, at least one, and says how many.
    """

    def __init__(self, received: Callable[[memoryview], int]):
        self._received = received
        self._chunk = memoryview(bytearray(SMALL))
        self.ahead = bytearray()  # received, not asked for yet

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
