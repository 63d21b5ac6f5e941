"""What an exercise does not allow is out of reach in the worker, whatever it is called by."""

from __future__ import annotations

import re

import pytest

from grader.exercise import load_exercise
from grader.model import Failure, Verdict
from grader.report.message import text
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Name
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted

SOURCE = """
import fnmatch
import torch
import torch.nn.functional as F

PATTERN = "*conv[!e]*"
x, w = torch.ones(1, 2, 4, 4), torch.ones(3, 2, 3, 3)


def operators():
    names = torch._C._dispatch_get_all_op_names()
    return [n for n in names if "conv" in n and "convert" not in n]


def computing():
    "Whatever the dispatcher would run for a banned operator: all but what says no, or hands on to what does."
    lines = [f"{n} {line}" for n in operators() for line in torch._C._dispatch_dump_table(n).splitlines()]
    harmless = ("banned by the exercise:0", "[backend fallback]", ": missing", "fallthrough")
    return len(lines), [line for line in lines if not any(text in line for text in harmless)][:50]


def of_the_compiler():
    "Operators of torch.jit that are none of the dispatcher's."
    dispatched = {n.partition(".")[0] for n in torch._C._dispatch_get_all_op_names()}
    return sorted({s.name for s in torch._C._jit_get_all_schemas() if fnmatch.fnmatch(s.name, PATTERN)} - dispatched)


def run(code):
    return eval(code, globals()) is not None


def redispatched(key):
    op = torch.ops.aten.convolution.default
    return op.redispatch(torch._C.DispatchKeySet(key), x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)


def compiled():
    unit = torch.jit.CompilationUnit("def f(x, w):\\n    return torch.conv2d(x, w)\\n")
    return unit.f(x, w)


def put_back():
    library = torch.library.Library("aten", "IMPL")
    library.impl("conv2d", lambda *_: x, "CompositeImplicitAutograd")
    globals()["kept"] = library
"""
FILE = Submitted({"a.py": SOURCE.encode()}, "a.py", ("run",))
BANNED = [
    "F.conv2d(x, w)",
    "torch.conv2d(x, w)",
    "torch.nn.Conv2d(2, 3, 3)(x)",
    "torch.nn.Conv2d(2, 4, 3, groups=2)(x)",
    "torch.nn.LazyConv2d(3, 3)(x)",
    "torch.nn.ConvTranspose2d(2, 3, 3)(x)",
    "F.conv_transpose2d(x, w.transpose(0, 1))",
    "F.conv1d(x[0], w[0])",
    "F.conv3d(x[None], w[None])",
    "torch.convolution(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
    "torch.ops.aten.conv2d(x, w)",
    "torch.ops.aten.convolution.default(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)",
    "torch._C._nn.slow_conv3d(x[None], w[None], 3)",
    "torch.mkldnn_convolution(x, w, None, [0, 0], [1, 1], [1, 1], 1)",
    "torch.nn.grad.conv2d_weight(x, w.shape, torch.ones(1, 3, 2, 2))",
    "torch.vmap(lambda one: F.conv2d(one[None], w))(x)",
    "torch.func.grad(lambda k: F.conv2d(x, k).sum())(w)",
    "torch.jit.trace(lambda a, b: F.conv2d(a, b), (x, w))(x, w)",
    "compiled()",
    "redispatched(torch._C.DispatchKey.CPU)",
    "redispatched(torch._C.DispatchKey.AutogradCPU)",
    "redispatched(torch._C.DispatchKey.CompositeExplicitAutograd)",
]
ALLOWED = [
    "F.unfold(x, 3)",
    "F.fold(F.unfold(x, 3), (4, 4), 3)",
    "torch.einsum('nchw,ochw->no', x[..., :3, :3], w)",
    "w.reshape(3, -1) @ F.unfold(x, 3)",
    "torch.fft.irfft2(torch.fft.rfft2(x))",
    "F.max_pool2d(x, 2)",
    "F.pad(x, (1, 1, 1, 1))",
    "torch.nn.Linear(4, 2)(x)",
    "x[0, 0].to_sparse_csr() @ x[0, 1]",
    "torch.ops.prims.convert_element_type(x, torch.float64)",
]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox.of(load_exercise("fast_conv")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def worker(sandbox):
    worker = sandbox.worker(FILE)
    worker.load()
    yield worker
    worker.close()


def ask(worker, name, *args):
    worker.begin()
    return worker.ask(Call(Name("submission", name), list(args), {}))(1 << 20)


def test_no_kernel_of_a_banned_operator_is_left(worker):
    assert len(ask(worker, "operators")) > 100
    looked_at, computing = ask(worker, "computing")
    assert looked_at > 10_000
    assert computing == []


def test_nor_is_what_the_compiler_has_beside_the_dispatcher(worker):
    assert ask(worker, "of_the_compiler") == []


@pytest.mark.parametrize("code", BANNED)
def test_a_banned_operator_is_named_whatever_it_was_called_by(worker, code):
    with pytest.raises(Failure) as caught:
        ask(worker, "run", code)
    said = r"line \d+ uses torch\.\S+, which this exercise does not allow"
    assert re.match(said, text(caught.value.finding))
    assert caught.value.verdict is Verdict.BANNED_CALL
    assert not caught.value.fatal


@pytest.mark.parametrize("code", ALLOWED)
def test_everything_else_goes_on(worker, code):
    assert ask(worker, "run", code) is True


def test_code_of_ours_has_all_of_torch(sandbox, worker):
    ours = sandbox.worker(FILE._replace(ours=True))
    ours.load()
    assert ask(ours, "run", "F.conv2d(x, w)") is True
    ours.confirm_bans()
    ours.close()
    with pytest.raises(Failure):
        ask(worker, "run", "F.conv2d(x, w)")


def test_whoever_puts_an_operator_back_is_found_out(sandbox):
    worker = sandbox.worker(FILE)
    worker.load()
    worker.confirm_bans()
    ask(worker, "put_back")
    with pytest.raises(Failure) as caught:
        worker.confirm_bans()
    assert caught.value.verdict is Verdict.BANNED_CALL
    worker.close()
