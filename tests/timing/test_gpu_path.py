"""The way of a GPU check, with the processor as the device: all of it but the device itself.

What only a GPU can show is in `tests/test_cuda.py`. The stand-in is put in place by these tests; no option or variable
of the program does that.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from grader.checks.diagnose import scopes
from grader.exercise import load_exercise
from grader.judge.grade import grade
from grader.judge.session import Session
from grader.model import Failure, Verdict
from grader.model.findings import Raised, Reason, not_timed
from grader.report.message import message
from grader.report.text import to_text
from grader.sandbox.inside import accelerator
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Ballast, Call, CallBatch, Flush, Op, Peaks, Prepare
from grader.sandbox.inside.wire import Array, Name, Ref
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted
from grader.sandbox.remote import CONFINED
from grader.submission.load import load
from grader.timing import device, gpu_race
from grader.timing.device import Device
from grader.timing.fixture import Timing
from grader.timing.gpu import BALLAST
from grader.timing.lanes import Lane, OursFailed, Timed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox that lets a GPU be used: Linux")

STAND_IN = Device("cpu", side=128, flush_mib=4)
FAST_CONV = load_exercise("fast_conv")
IM2COL = FAST_CONV.reference_file.read_text()
LOOP = (FAST_CONV.folder / "slow" / "per_pixel_loop.py").read_text()
WRONG_LATER = """

_inner, _calls = conv2d, []

def conv2d(x, weight, bias=None, stride=1, padding=0):
    _calls.append(1)
    y = _inner(x, weight, bias, stride, padding)
    return y if len(_calls) < 4 else y + 1
"""
LOST_WORK = """

import threading, time, torch
_inner = conv2d

def conv2d(x, weight, bias=None, stride=1, padding=0):
    y = torch.empty(len(x), len(weight), x.shape[2] - 2, x.shape[3] - 2)
    threading.Thread(target=lambda: (time.sleep(0.05), y.copy_(_inner(x, weight)))).start()
    return y
"""
REMEMBERED = """

_inner, _known = conv2d, {}

def conv2d(x, weight, bias=None, stride=1, padding=0):
    return _known.setdefault((x.shape, weight.shape), _inner(x, weight, bias, stride, padding))
"""
OUT_OF_MEMORY = """

_inner = conv2d

def conv2d(x, weight, bias=None, stride=1, padding=0):
    if x.shape[-1] > 30:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
    return _inner(x, weight, bias, stride, padding)
"""
LOOK_AROUND = """
import os, resource, socket, torch

def refused(action):
    try:
        action()
    except OSError:
        return True
    return False

def look(secret):
    return {
        "cuda": torch.cuda.is_initialized(),
        "descriptors": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        "address space": resource.getrlimit(resource.RLIMIT_AS)[0] != resource.RLIM_INFINITY,
        "own maps": not refused(lambda: open("/proc/self/maps").close()),
        "memory file": not refused(lambda: os.close(os.memfd_create("a"))),
        "refused": [
            refused(lambda: open(secret)),
            refused(lambda: open("/proc/1/cmdline")),
            refused(lambda: os.listdir(os.path.dirname(secret))),
            refused(lambda: open("/tmp/somewhere", "w")),
            refused(lambda: socket.socket()),
            refused(os.fork),
            refused(lambda: os.kill(os.getppid(), 0)),
        ],
    }
"""


def layer(draw, n: int) -> tuple:
    """Four images of eight channels, and sixteen filters."""
    return draw.tensor(4, 8, n, n), draw.tensor(16, 8, 3, 3)


def work(n: int) -> float:
    """Floating-point operations."""
    return 2 * 4 * 16 * 8 * 9 * (n - 2) ** 2


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The processor in the GPU's place, with a lock of this test's own."""
    monkeypatch.setattr(device, "CUDA", STAND_IN)
    monkeypatch.setattr(Device, "lock_file", tmp_path / "gpu.lock")


@pytest.fixture
def timing(stand_in: None, tmp_path: Path, sandboxes: Callable[[str], Sandbox]) -> Iterator[Callable[[str], Timing]]:
    """The fixture of a check, for a submission with this source."""
    sessions = []

    def make(source: str) -> Timing:
        path = tmp_path / "mine.py"
        path.write_text(source)
        sessions.append(Session(sandboxes("fast_conv"), load(path), FAST_CONV))
        sessions[-1].open()
        expected = Interpreter(scopes(FAST_CONV, FAST_CONV.reference_file))
        return Timing(FAST_CONV, expected, *sessions[-1].timed())

    yield make
    for session in sessions:
        session.close()


def run(timing: Timing, against: str = "") -> Timing:
    """One timing check on the stand-in, with a limit that noise does not reach."""
    timing.at_most_on_gpu(8, "conv2d", layer, size=32, work=work, against=against)
    return timing


# ---------------------------------------------------------------- verdicts


def test_quick_code_is_within_the_limit(timing):
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.ACCEPTED, message(found)
    assert found.measurement.device == "cuda"
    assert "times the reference's time on the GPU" in message(found)
    assert found.measurement.roofline.rate < found.measurement.roofline.roof


def test_loops_are_beyond_it(timing):
    found = run(timing(LOOP))
    assert found.verdict is Verdict.TIME_LIMIT, message(found)


def test_a_rival_can_stand_in_for_the_reference(timing):
    found = run(timing(IM2COL), against="chapter_loop")
    assert found.verdict is Verdict.ACCEPTED, message(found)
    assert found.measurement.ratio < 0.5


@pytest.mark.parametrize("cheat", [WRONG_LATER, LOST_WORK, REMEMBERED], ids=["wrong later", "lost work", "remembered"])
def test_every_answer_has_to_be_there_and_right(timing, cheat):
    found = run(timing(IM2COL + cheat))
    assert found.verdict is Verdict.WRONG_ANSWER, message(found)


def test_sooner_than_the_device_can_compute_is_invalid(timing, monkeypatch):
    monkeypatch.setattr(gpu_race, "FASTER", 1e-3)  # as if the stand-in's peak were a thousandth
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.INVALID, message(found)
    assert "sooner than this GPU can compute" in message(found)


def test_a_device_that_others_keep_busy_decides_nothing(timing, monkeypatch):
    monkeypatch.setattr(gpu_race, "BUSY", 0.0)
    monkeypatch.setattr(gpu_race, "IDLE_WAIT", 0.1)
    assert run(timing(IM2COL)).verdict is Verdict.INCONCLUSIVE


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Stands in for a submission that holds on to the device: an operation of ours fails as long as it is there."""
    answered, entered, there = Lane.call, Lane.__enter__, []

    def enter(lane: Lane) -> Lane:
        there.extend([] if lane.ours else [lane])
        return entered(lane)

    def held(kind: type[Op], outcome: Callable[[Timed], Timed]) -> None:
        def call(lane: Lane, op: Op, *rest) -> Timed:
            answer = answered(lane, op, *rest)
            alone = all(submission.worker.socket.fileno() < 0 for submission in there)
            return answer if alone or not lane.ours or not isinstance(op, kind) else outcome(answer)

        monkeypatch.setattr(Lane, "__enter__", enter)
        monkeypatch.setattr(Lane, "call", call)

    return held


def no_memory(_: Timed) -> Timed:
    raise OursFailed(Failure(Raised(verdict=Verdict.MEMORY_LIMIT, kind="RuntimeError", said="CUDA out of memory")))


def test_work_that_goes_on_after_the_answer_is_the_submission_s(timing, beside, monkeypatch):
    monkeypatch.setattr(gpu_race, "IDLE_WAIT", 0.1)
    beside(Flush, lambda flushed: replace(flushed, elapsed=100.0))
    assert run(timing(IM2COL)).verdict is Verdict.INVALID


def test_what_the_reference_lacks_because_of_the_submission_is_its_loss(timing, beside):
    beside(CallBatch, no_memory)
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert "which works alone: " in message(found)


def test_memory_that_is_held_before_the_call_is_the_submission_s(timing, beside):
    beside(Ballast, lambda _: Timed(False, 0, 0, 0))
    assert bounded(timing(IM2COL)).verdict is Verdict.MEMORY_LIMIT


def test_a_gpu_that_the_sandbox_cannot_use_costs_nothing(timing, monkeypatch):
    monkeypatch.setattr(device, "CUDA", Device("cuda:99", side=128, flush_mib=4))
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.NOT_RUN
    assert "cannot be used" in message(found)


# ---------------------------------------------------------------- one round


class Calls(list):
    """(lane, operation) in order, as the workers got them."""

    def of(self, kind: type[Op]) -> list[tuple[Lane, Op]]:
        """Those of one kind."""
        return [(lane, op) for lane, op in self if type(op) is kind]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every call of every lane."""
    seen, original = Calls(), Lane.call

    def call(lane: Lane, op: Op, *rest):
        seen.append((lane, op))
        return original(lane, op, *rest)

    monkeypatch.setattr(Lane, "call", call)
    return seen


def inputs_of(op: CallBatch) -> list[bytes]:
    """The images of one operation."""
    return [next(a for a in args if isinstance(a, Array)).data.tobytes() for args in op.batch]


def test_no_input_is_seen_twice_by_the_submission(timing, calls):
    run(timing(IM2COL))
    by_lane: dict[Lane, list[bytes]] = {}
    for lane, op in calls.of(CallBatch):
        by_lane.setdefault(lane, []).extend(inputs_of(op))
    assert len(by_lane) >= 3
    for seen in by_lane.values():
        assert max(Counter(seen).values()) == 1
    assert max(len(op.batch) for _, op in calls.of(CallBatch)) > 1, "several inputs in a call"


def test_each_timed_call_follows_a_flush_by_the_null_worker(timing, calls):
    run(timing(IM2COL))
    null, _ = calls.of(Flush)[-1]
    first = next(i for i, (lane, op) in enumerate(calls) if lane is null and isinstance(op, Flush))
    assert isinstance(calls[first - 1][1], CallBatch), "warm-up comes first"
    timed = [i for i in range(first, len(calls)) if isinstance(calls[i][1], CallBatch)]
    assert len(timed) >= 9
    assert all(calls[i - 1][0] is null and isinstance(calls[i - 1][1], Flush) for i in timed)


def test_the_device_is_measured_before_the_submission_has_a_worker(timing, calls):
    run(timing(IM2COL))
    assert [type(op) for _, op in calls[:2]] == [Peaks, Flush]
    first = calls[0][0]
    others = {lane for lane, op in calls if isinstance(op, CallBatch)}
    assert first not in others
    assert all(lane.worker.pid > first.worker.pid for lane in others)
    assert first.worker.host_pid not in {lane.worker.host_pid for lane in others}
    assert len(calls.of(Peaks)) == 1


def test_the_device_is_waited_for_after_the_last_call_and_before_the_answer(monkeypatch):
    happened = []
    monkeypatch.setattr(accelerator, "synchronise", lambda _: happened.append("synchronise"))
    module = type("Module", (), {"f": staticmethod(lambda x: happened.append("call") or x)})
    one = Array(np.ones(3, np.float32), "tensor")
    op = CallBatch("cpu", Name("submission", "f"), [[one], [one]])
    results = Interpreter({"submission": module}).execute(op)
    assert happened == ["call", "call", "synchronise"]
    assert [r.tolist() for r in results] == [[1, 1, 1]] * 2


def test_cuda_is_waited_for_as_a_whole(monkeypatch):
    waited = []
    monkeypatch.setattr(torch.cuda, "synchronize", waited.append)
    accelerator.synchronise(torch.device("cpu"))
    assert waited == []
    accelerator.synchronise(torch.device("cuda"))
    assert waited == [torch.device("cuda")]


def test_what_is_prepared_is_there_in_both_workers_before_any_input(stand_in, tmp_path, sandboxes, calls):
    exercise = load_exercise("gradcam")
    session = Session(sandboxes("gradcam"), load(exercise.reference_file), exercise)
    session.open()
    found = Timing(exercise, Interpreter(scopes(exercise, exercise.reference_file)), *session.timed())
    found.at_most_on_gpu(
        20,
        "kit.heat_map",
        lambda draw, n: (found.name("grad_cam"), draw.tensor(1, 3, n, n)),
        size=16,
        work=lambda n: 1.0,
        prepared=("kit.ready", (1,)),
    )
    session.close()
    assert found.verdict is Verdict.ACCEPTED, message(found)
    assert len(calls.of(Prepare)) == 2
    assert all(op.batch[0][0] == Ref(1) for lane, op in calls.of(CallBatch) if lane in dict(calls.of(Prepare)))


# ---------------------------------------------------------------- memory


def bounded(timing: Timing) -> Timing:
    """One memory check on the stand-in."""
    timing.memory_at_most_on_gpu(32, "conv2d", layer, size=32)
    return timing


def test_the_null_worker_leaves_only_what_is_allowed(timing, calls):
    found = bounded(timing(IM2COL))
    assert found.verdict is Verdict.ACCEPTED, message(found)
    inputs = 4 * (4 * 8 * 32 * 32 + 16 * 8 * 9)
    assert found.measurement.bytes == 32 * inputs
    ((null, op),) = calls.of(Ballast)
    assert op.keep == BALLAST.id
    assert op.free > 33 * inputs
    *_, (last, _) = calls
    assert last is not null, "the submission's call comes after it"


def test_who_runs_out_of_the_device_s_memory_is_told_so(timing):
    found = bounded(timing(IM2COL + OUT_OF_MEMORY))
    assert found.verdict is Verdict.MEMORY_LIMIT, message(found)


def test_too_small_a_device_decides_nothing(timing, monkeypatch):
    original = Lane.call

    def call(lane: Lane, op: Op, *rest):
        answer = original(lane, op, *rest)
        return type(answer)(False, 0, 0, 0) if isinstance(op, Ballast) else answer

    monkeypatch.setattr(Lane, "call", call)
    assert bounded(timing(IM2COL)).verdict is Verdict.NOT_RUN


# ---------------------------------------------------------------- the lock


def test_no_second_run_while_one_is_on(stand_in):
    with STAND_IN.locked():
        with pytest.raises(Failure) as caught, STAND_IN.locked(0.2):
            pass
        assert caught.value.finding == not_timed(Reason.GPU_LOCKED, 0.2)
    with STAND_IN.locked(0):
        pass


def test_a_run_holds_the_lock_all_the_time(timing, calls, monkeypatch):
    free = []
    original = Lane.__enter__

    def enter(lane: Lane) -> Lane:
        try:
            with STAND_IN.locked(0):
                free.append(True)
        except Failure:
            free.append(False)
        return original(lane)

    monkeypatch.setattr(Lane, "__enter__", enter)
    assert run(timing(IM2COL)).verdict is Verdict.ACCEPTED
    assert free
    assert not any(free)


def test_the_lock_of_a_killed_process_is_free(stand_in):
    code = (
        "import sys, time; from pathlib import Path; from grader.timing.device import Device, CUDA\n"
        "Device.lock_file = Path(sys.argv[1])\n"
        "with CUDA.locked(5):\n    print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(STAND_IN.lock_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Failure), STAND_IN.locked(0):
            pass
        process.kill()
    with STAND_IN.locked(5):
        pass


def test_a_lock_that_cannot_be_made_is_no_verdict(monkeypatch, tmp_path):
    monkeypatch.setattr(Device, "lock_file", tmp_path / "missing" / "gpu.lock")
    with pytest.raises(Failure) as caught, STAND_IN.locked(0):
        pass
    assert caught.value.verdict is Verdict.NOT_RUN


def test_each_choice_of_devices_has_its_lock(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "../../1")
    assert device.CUDA.lock_file.name == "cnn-grader-cuda-1.lock"
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert device.CUDA.lock_file.name == "cnn-grader-cuda-all.lock"


# ---------------------------------------------------------------- the sandbox


def look(secret: Path, *, gpu: bool, bubblewrap: bool = True) -> tuple[dict, set[str], str]:
    """What a worker finds, what was refused to it when it tried, and its layer."""
    limits = FAST_CONV.limits
    with Sandbox("torch", limits, gpu=gpu, use_bubblewrap=bubblewrap) as sandbox:
        worker = sandbox.worker(Submitted({"a.py": LOOK_AROUND.encode()}, "a.py", ("look",)))
        worker.load()
        op = Call(Name("submission", "look"), [str(secret)], {})
        found = worker.ask(op)(1 << 16)
        maps = Path(f"/proc/{parent(worker.host_pid)}/maps").read_text()
        worker.close()
    assert "libtorch" in maps
    assert "libcuda.so" not in maps, "the zygote has not touched CUDA"
    return found, set(worker.isolation.blocked), worker.isolation.layer


def parent(pid: int) -> int:
    """The process that forked it."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize("bubblewrap", [True, False], ids=["best", "confined"])
def test_a_worker_that_may_use_a_gpu_is_as_confined_as_any(tmp_path, bubblewrap):
    secret = tmp_path / "secret"
    secret.write_text("nobody reads this")
    found, blocked, layer = look(secret, gpu=True, bubblewrap=bubblewrap)
    assert all(found["refused"]), found
    assert blocked >= CONFINED
    assert not found["cuda"]
    assert not found["address space"]
    assert found["own maps"]
    assert found["memory file"]
    plain, blocked_before, layer_before = look(secret, gpu=False, bubblewrap=bubblewrap)
    assert (blocked, layer) == (blocked_before, layer_before)
    assert all(plain["refused"]), plain
    assert plain["address space"]
    assert plain["descriptors"] == 64
    assert not plain["own maps"]
    assert not plain["memory file"]


# ---------------------------------------------------------------- the whole way


@pytest.mark.parametrize("slug", ["fast_conv", "resnet", "gradcam"])
def test_without_a_gpu_nothing_is_won_or_lost_and_the_total_says_so(slug, sandboxes, monkeypatch):
    monkeypatch.setattr("grader.timing.presence.CONTROL", "/nonexistent")
    exercise = load_exercise(slug)
    result = grade(load(exercise.reference_file), exercise, seed=1, sandbox=sandboxes(slug))
    on_gpu = [c for c, check in zip(result.checks, exercise.checks, strict=True) if check.device == "cuda"]
    assert {c.verdict for c in on_gpu} == {Verdict.NOT_RUN}
    assert result.full_marks
    assert (result.score, result.bonus) == (exercise.points, 0)
    bonus = sum(c.bonus for c in exercise.checks)
    assert f"a bonus of {bonus:g} not decided" in to_text(result)


def test_with_a_gpu_the_bonus_is_won(stand_in, sandboxes, monkeypatch):
    monkeypatch.setattr("grader.judge.grade.no_gpu", lambda: None)
    original = Timing.at_most_on_gpu

    def smaller(timing, *arguments, size, **options):
        original(timing, *arguments, size=size // 8, **options)

    monkeypatch.setattr(Timing, "at_most_on_gpu", smaller)
    exercise = load_exercise("gradcam")
    result = grade(load(exercise.reference_file), exercise, seed=1, sandbox=sandboxes("gradcam"))
    assert (result.score, result.bonus) == (21, 1), [message(c) for c in result.checks]
    assert result.checks[-1].measurement.device == "cuda"
