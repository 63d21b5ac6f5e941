"""Verdicts on a GPU, with the processor as the device: time, memory, and who else holds on to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.model import Failure, Verdict
from grader.model.findings import Raised
from grader.report.message import message
from grader.sandbox.inside.ops import Ballast, CallBatch, Flush, Op
from grader.timing import device, gpu_race
from grader.timing.device import Device
from grader.timing.gpu import BALLAST
from grader.timing.lanes import Lane, OursFailed, Timed
from tests.timing.gpu_checks import FAST_CONV, IM2COL, LINUX, bounded, run

pytestmark = LINUX

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


def test_quick_code_is_within_the_limit(timing):
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.ACCEPTED, message(found)
    assert found.measurement.device == "cuda"
    assert "times the reference's time on the GPU" in message(found)
    assert found.measurement.roofline.rate < found.measurement.roofline.roof


@pytest.mark.slow
def test_loops_are_beyond_it(timing):
    found = run(timing(LOOP))
    assert found.verdict is Verdict.TIME_LIMIT, message(found)


@pytest.mark.slow
def test_a_rival_can_stand_in_for_the_reference(timing):
    found = run(timing(IM2COL), against="chapter_loop")
    assert found.verdict is Verdict.ACCEPTED, message(found)
    assert found.measurement.ratio < 0.5


@pytest.mark.sampled(quick=3)
@pytest.mark.parametrize("cheat", [WRONG_LATER, LOST_WORK, REMEMBERED], ids=["wrong later", "lost work", "remembered"])
def test_every_answer_has_to_be_there_and_right(timing, cheat):
    found = run(timing(IM2COL + cheat))
    assert found.verdict is Verdict.WRONG_ANSWER, message(found)


def test_sooner_than_the_device_can_compute_is_invalid(timing, monkeypatch):
    monkeypatch.setattr(gpu_race, "FASTER", 1e-3)  # as if the stand-in's peak were a thousandth
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.INVALID, message(found)
    assert "sooner than this GPU can compute" in message(found)


@pytest.mark.slow
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
            alone = all(submission.worker.link.closed for submission in there)
            return answer if alone or not lane.ours or not isinstance(op, kind) else outcome(answer)

        monkeypatch.setattr(Lane, "__enter__", enter)
        monkeypatch.setattr(Lane, "call", call)

    return held


def no_memory(_: Timed) -> Timed:
    raise OursFailed(Failure(Raised(verdict=Verdict.MEMORY_LIMIT, kind="RuntimeError", said="CUDA out of memory")))


@pytest.mark.slow
def test_work_that_goes_on_after_the_answer_is_the_submission_s(timing, beside, monkeypatch):
    monkeypatch.setattr(gpu_race, "IDLE_WAIT", 0.1)
    monkeypatch.setattr(gpu_race, "BUSY", 1e3)  # far more than other work on this machine makes of a flush, by itself
    beside(Flush, lambda flushed: replace(flushed, elapsed=1e6))
    assert run(timing(IM2COL)).verdict is Verdict.INVALID


@pytest.mark.slow
def test_what_the_reference_lacks_because_of_the_submission_is_its_loss(timing, beside):
    beside(CallBatch, no_memory)
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert "which works alone: " in message(found)


@pytest.mark.slow
def test_memory_that_is_held_before_the_call_is_the_submission_s(timing, beside):
    beside(Ballast, lambda _: Timed(False, 0, 0, 0))
    assert bounded(timing(IM2COL)).verdict is Verdict.MEMORY_LIMIT


@pytest.mark.slow
def test_a_gpu_that_the_sandbox_cannot_use_costs_nothing(timing, monkeypatch):
    monkeypatch.setattr(device, "CUDA", Device("cuda:99", side=128, flush_mib=4))
    found = run(timing(IM2COL))
    assert found.verdict is Verdict.NOT_RUN
    assert "cannot be used" in message(found)


@pytest.mark.slow
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


@pytest.mark.slow
def test_who_runs_out_of_the_device_s_memory_is_told_so(timing):
    found = bounded(timing(IM2COL + OUT_OF_MEMORY))
    assert found.verdict is Verdict.MEMORY_LIMIT, message(found)


@pytest.mark.slow
def test_too_small_a_device_decides_nothing(timing, monkeypatch):
    original = Lane.call

    def call(lane: Lane, op: Op, *rest):
        answer = original(lane, op, *rest)
        return type(answer)(False, 0, 0, 0) if isinstance(op, Ballast) else answer

    monkeypatch.setattr(Lane, "call", call)
    assert bounded(timing(IM2COL)).verdict is Verdict.NOT_RUN
