"""What crosses the boundary arrives as it was sent, and nothing else gets through."""

from __future__ import annotations

import contextlib
import io
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.sandbox.inside import frames, wire
from grader.sandbox.inside.frames import TooLarge
from grader.sandbox.inside.wire import Name, Opaque, ProtocolError, Ref

ARRAYS = hnp.arrays(
    dtype=st.sampled_from(wire.DTYPES),
    shape=hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=5),
)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats() | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def reader(data: bytes):
    """A `recv` over a byte string; the end of it is a closed connection."""
    stream = io.BytesIO(data)

    def recv(count: int) -> bytes:
        got = stream.read(count)
        if len(got) < count:
            raise EOFError
        return got

    return recv


def through_a_frame(value):
    tree, tensors = wire.pack(value)
    data = b"".join(bytes(b) for b in frames.encode(7, {"ok": tree}, tensors))
    _, message, received = frames.read_frame(reader(data), request_id=7)
    return wire.unpack(message["ok"], received)


def same(sent, received) -> bool:
    if isinstance(sent, np.ndarray):
        got = received.data
        return (
            got.dtype == sent.dtype
            and got.shape == sent.shape
            and np.array_equal(got, sent, equal_nan=got.dtype.kind in "fc")
        )
    if isinstance(sent, (list, tuple)):
        return type(sent) is type(received) and len(sent) == len(received) and all(map(same, sent, received))
    if isinstance(sent, dict):
        return sent.keys() == received.keys() and all(same(v, received[k]) for k, v in sent.items())
    if isinstance(sent, float) and np.isnan(sent):
        return np.isnan(received)
    return type(sent) is type(received) and sent == received


@given(VALUES)
def test_values_arrive_as_they_were_sent(value):
    assert same(value, through_a_frame(value))


def test_our_own_values_arrive():
    for value in [Ref(3), Name("kit", "Net"), Opaque("a.b"), [Ref(1), {"x": (Name("submission", "f"),)}]]:
        assert through_a_frame(value) == value


def test_an_array_that_arrives_is_a_private_copy():
    sent = np.arange(4.0)
    received = wire.snapshot(sent).data
    sent[:] = -1
    assert received.tolist() == [0, 1, 2, 3]


def test_long_doubles_arrive_as_doubles_wherever_they_are():
    wide, rows = np.longdouble("0.1"), [np.full(2, n, np.longdouble) for n in range(100)]
    assert through_a_frame(wide).data == 0.1
    assert through_a_frame((wide, {"losses": [wide, wide]})) == (0.1, {"losses": [0.1, 0.1]})
    assert np.array_equal(through_a_frame(rows).data, np.stack(rows))


@pytest.mark.parametrize(
    "value", [object(), lambda: 0, np.array([{}], dtype=object), {1: 2}, 1 << 70, {1, 2}, iter([])]
)
def test_anything_else_crosses_only_as_the_name_of_its_type(value):
    assert isinstance(wire.snapshot(value), Opaque)


def test_long_lists_of_numbers_and_rows_cross_whole():
    assert wire.snapshot([np.float64(0.5)] * 500) == [0.5] * 500
    assert wire.snapshot([np.int32(3)] * 500) == [3] * 500
    rows = wire.snapshot([np.full(3, float(i)) for i in range(500)])
    assert rows.data.shape == (500, 3)
    few = wire.snapshot([np.zeros(3), np.zeros(2)])
    assert [a.data.shape for a in few] == [(3,), (2,)]


def test_endless_structures_are_cut_off():
    nested: list = []
    for _ in range(100):
        nested = [nested]
    looped: list = []
    looped.append(looped)
    for value in (nested, looped, [0] * 50_000):
        assert "opaque" in json.dumps(wire.pack(value)[0])


@given(st.binary(max_size=300))
def test_noise_is_never_a_frame(noise):
    with pytest.raises((ProtocolError, EOFError)):
        frames.read_frame(reader(noise))


@given(ARRAYS, st.data())
def test_a_changed_byte_gives_a_clean_error_or_a_plain_value(array, data):
    tree, tensors = wire.pack([array, 1.5, "text"])
    frame = bytearray(b"".join(bytes(b) for b in frames.encode(7, {"ok": tree}, tensors)))
    frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        _, message, received = frames.read_frame(
            reader(bytes(frame)), request_id=7, max_bytes=1 << 20, max_text=1 << 16
        )
        wire.unpack(message.get("ok") if isinstance(message, dict) else message, received)
    except (ProtocolError, EOFError):
        pass


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["t", "v", "i", "kind", "id", "scope", "name", "type", "x"]), inner, max_size=4
        )
        | st.fixed_dictionaries(
            {
                "t": st.sampled_from(["f", "array", "tuple", "dict", "ref", "name", "opaque"]),
                "v": inner,
                "i": inner,
                "id": inner,
            }
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_a_made_up_structure_is_a_value_or_a_protocol_error(tree):
    with contextlib.suppress(ProtocolError):
        wire.unpack(tree, [np.zeros(2)])


def header(count=0, text=2, size=0, *, magic=frames.MAGIC, version=frames.VERSION, request_id=7) -> bytes:
    return frames.HEADER.pack(magic, version, count, request_id, text, size)


def descriptor(code=11, ndim=1, *shape) -> bytes:
    return frames.DESCRIPTOR.pack(code, ndim, *shape, *(0,) * (8 - len(shape)))


@pytest.mark.parametrize(
    "frame",
    [
        header(magic=b"EVIL") + b"{}",
        header(version=2) + b"{}",
        header(request_id=8) + b"{}",
        header(count=65) + b"{}",
        header(text=1 << 31) + b"{}",
        header(count=1, size=8) + descriptor(99, 1, 1) + b"{}" + bytes(8),
        header(count=1, size=8) + descriptor(11, 9) + b"{}",
        header(count=1, size=9) + descriptor(11, 1, 1) + b"{}" + bytes(9),
        header(count=1, size=0) + descriptor(11, 2, 1 << 63, 2) + b"{}",
        header(text=2) + b"\xff\xfe",
        header(text=4000) + b"[" * 4000,
    ],
    ids="magic version id tensors text dtype dims sum overflow utf8 depth".split(),
)
def test_forged_frames_are_refused(frame):
    with pytest.raises(ProtocolError):
        frames.read_frame(reader(frame), request_id=7, max_bytes=1 << 20, max_text=1 << 16)


def test_a_size_is_judged_before_anything_of_that_size_is_read():
    asked = []

    def recv(count: int) -> bytes:
        asked.append(count)
        return {
            frames.HEADER.size: header(count=1, size=8 << 40),
            frames.DESCRIPTOR.size: descriptor(11, 2, 1 << 20, 1 << 20),
        }[count]

    with pytest.raises(TooLarge) as caught:
        frames.read_frame(recv, request_id=7, max_bytes=1 << 20)
    assert caught.value.shapes == [(1 << 20, 1 << 20)]
    assert max(asked) < 100
