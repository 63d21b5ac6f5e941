"""The rounds of a GPU check, with the processor as the device: new inputs, flushes, waiting."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from grader.checks.diagnose import scopes
from grader.exercise import load_exercise
from grader.judge.session import Session
from grader.model import Verdict
from grader.report.message import message
from grader.sandbox.inside import accelerator
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import CallBatch, Flush, Peaks, Prepare
from grader.sandbox.inside.wire import Array, Name, Ref
from grader.submission.load import load
from grader.timing import gpu_race
from grader.timing.fixture import Timing
from grader.timing.lanes import Lane
from tests.timing.gpu_checks import IM2COL, LINUX, run

pytestmark = LINUX


def inputs_of(op: CallBatch) -> list[bytes]:
    """The images of one operation."""
    return [next(a for a in args if isinstance(a, Array)).data.tobytes() for args in op.batch]


def test_no_input_is_seen_twice_by_the_submission(timing, calls, monkeypatch):
    monkeypatch.setattr(gpu_race, "ENOUGH", 0.3)  # however slow this processor is, one call is not enough
    run(timing(IM2COL))
    by_lane: dict[Lane, list[bytes]] = {}
    for lane, op in calls.of(CallBatch):
        by_lane.setdefault(lane, []).extend(inputs_of(op))
    assert len(by_lane) >= 3
    for seen in by_lane.values():
        assert max(Counter(seen).values()) == 1
    assert max(len(op.batch) for _, op in calls.of(CallBatch)) > 1, "several inputs in a call"


@pytest.mark.slow
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
    assert first.worker.link.pid not in {lane.worker.link.pid for lane in others}
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


@pytest.mark.slow
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
