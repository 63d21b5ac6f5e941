"""Operations: what the grader asks arrives as it was asked, and equal questions are the same question."""

from __future__ import annotations

import contextlib
import io
import pickle
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from grader.sandbox.inside import accelerator, frames, modules, ops, wire
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Assign, Ballast, Call, DeviceOp, Gradients, Hold, ModuleOp, Op, Probe
from grader.sandbox.inside.wire import Array, Name, ProtocolError, Ref

X = np.arange(6.0).reshape(2, 3)


def arrived(op: Op) -> Op:
    """The operation as a worker gets it."""
    stream = io.BytesIO(b"".join(bytes(part) for part in op.body.frame(7)))
    _, message, tensors = frames.read_frame(stream.read, request_id=7, max_tensors=1 << 16)
    return ops.unpack(message["op"], message["fields"], tensors)


def question() -> Call:
    return Call(Name("submission", "f"), [X.copy(), (1, 2.5), Ref(3)], {"bias": None, "w": X.copy()}, "g", keep=4)


@pytest.mark.parametrize(
    "op",
    [
        question(),
        Hold({"a": X}, 1),
        Assign(Ref(2), {"w": X, "b": X[0]}),
        Probe(Ref(2), [Array(X, "tensor", requires_grad=True)]),
        Gradients(Ref(2), Array(X, "tensor"), Array(X + 1, "tensor"), ["w", "b"]),
        Ballast("cuda", 1 << 30, 2),
    ],
    ids=lambda op: type(op).__name__,
)
def test_an_operation_arrives_as_it_was_asked(op):
    got = arrived(op)
    assert type(got) is type(op)
    assert pickle.dumps(got) == pickle.dumps(arrived(op.snapshot()))
    assert got.keeps == op.keeps
    np.testing.assert_equal(flat(got.parts()), flat(op.snapshot().parts()))


def flat(value):
    """With arrays in place of what the wire makes of them."""
    if isinstance(value, Array):
        return value.data, value.kind, value.requires_grad
    if isinstance(value, (list, tuple)):
        return [flat(v) for v in value]
    return {k: flat(v) for k, v in value.items()} if isinstance(value, dict) else value


def test_every_array_of_a_message_goes_where_it_belongs():
    """Several fields share a frame's tensors, more of them than one value may have."""
    rows, columns = [np.full(i % 5, i) for i in range(50)], {f"k{i}": np.full(i % 3, -i) for i in range(50)}
    got = arrived(Call(Name("submission", "f"), rows, columns))
    assert [a.data.tolist() for a in got.args] == [row.tolist() for row in rows]
    assert {name: a.data.tolist() for name, a in got.kwargs.items()} == {n: c.tolist() for n, c in columns.items()}


def test_equal_questions_have_one_name_whether_they_were_sent_or_not():
    sent, other = question().snapshot(), question().snapshot()
    assert sent.body is sent.body, "encoded once"
    assert pickle.dumps(sent) == pickle.dumps(other)
    assert pickle.dumps(pickle.loads(pickle.dumps(sent))) == pickle.dumps(other)


@pytest.mark.parametrize("change", [{"attr": "h"}, {"keep": 5}, {"discard": True}, {"kwargs": {}}, {"args": [X]}])
def test_another_question_has_another_name(change):
    asked = question().snapshot()
    other = Call(**{**question().parts(), **change}).snapshot()
    assert pickle.dumps(asked) != pickle.dumps(other)


def test_a_snapshot_does_not_change_with_the_checks_array():
    mine = X.copy()
    op = Call(Name("submission", "f"), [mine], {}).snapshot()
    mine[:] = -1
    assert op.args[0].data.tolist() == X.tolist()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Steal", {}),
        ("Op", {}),
        ("Hold", {"value": 1}),
        ("Hold", {"value": 1, "keep": 1, "twice": True}),
        ("CountParameters", {}),
    ],
)
def test_what_is_no_operation_is_refused(name, given):
    with pytest.raises(ProtocolError):
        ops.unpack(name, given, [])


@pytest.mark.parametrize("kind", ops.KINDS.values())
def test_every_operation_has_who_carries_it_out(kind):
    """What has nobody raises TypeError; these get no further than to their fields, which are missing."""
    execute = Interpreter({}).execute
    if issubclass(kind, ModuleOp):
        execute = partial(modules.execute, torch.nn.Linear(1, 1))
    elif issubclass(kind, DeviceOp):
        execute = partial(accelerator.execute, Interpreter({}))
    with contextlib.suppress(AttributeError):
        execute(kind.__new__(kind))


@pytest.mark.parametrize("kind", [Op, ModuleOp, DeviceOp])
def test_what_is_no_operation_is_not_carried_out(kind):
    interpreter = Interpreter({})
    interpreter.objects[1] = torch.nn.Linear(1, 1)
    fields = {ModuleOp: [Ref(1)], DeviceOp: ["cpu"]}.get(kind, [])
    with pytest.raises(TypeError, match="no operation"):
        interpreter.execute(kind(*fields))


def test_many_arguments_of_one_shape_are_given_one_by_one():
    op = arrived(Call(Name("submission", "f"), [np.full(2, float(i)) for i in range(20)], {}).snapshot())
    assert isinstance(op.args, Array)
    assert [a.data.tolist() for a in op.positional()] == [[float(i)] * 2 for i in range(20)]
    module = SimpleNamespace(f=lambda *args: len(args))
    assert Interpreter({"submission": module}).execute(op) == 20
    assert wire.snapshot(op.positional()[3]).data.tolist() == [3.0, 3.0]
