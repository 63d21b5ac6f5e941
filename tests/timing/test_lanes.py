"""Clocks and workers: other processes' time is read with all threads; who is stopped stands still."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import pytest

from grader.checks.compare import DOUBLE
from grader.checks.diagnose import scopes
from grader.exercise import load_exercise
from grader.model import Failure, Verdict
from grader.model.findings import Ending, LimitHit, NotReturned, Quantity
from grader.report.message import text
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Call
from grader.sandbox.inside.wire import Name
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import SandboxError, Submitted
from grader.timing import lanes
from grader.timing.blame import blamed
from grader.timing.lanes import Lane, OursFailed, core, process_clock
from grader.timing.race import Course

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processor clocks of others: Linux")

TWO_THREADS = """
import threading
def work():
    x = 0
    for i in range(2_000_000): x += i
for t in [threading.Thread(target=work) for _ in range(2)]: t.start(); t.join()
print("done", flush=True); input()
"""
BUSY = """
import threading
def spin():
    while True: pass
def start():
    threading.Thread(target=spin, daemon=True).start()
    return 1
def sleep():
    import time
    time.sleep(30)
"""


def call(name: str) -> Call:
    return Call(Name("submission", name), [], {})


def seconds(pid: int) -> float:
    return time.clock_gettime_ns(process_clock(pid)) / 1e9


def test_a_clock_holds_the_time_of_threads_that_have_ended():
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", TWO_THREADS], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout.readline() == "done\n"
        assert seconds(process.pid) > 0.05
        process.kill()


def test_a_process_that_is_gone_has_no_clock():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert process_clock(process.pid) == 0


@pytest.fixture
def busy():
    with Sandbox("numpy", load_exercise("conv").limits) as sandbox:
        worker = sandbox.worker(Submitted({"busy.py": BUSY.encode()}, "busy.py", ("start", "spin", "sleep")))
        worker.load()
        with Lane(worker) as lane:
            yield lane


def test_threads_of_a_stopped_worker_stand_still(busy):
    busy.call(call("start"), 100, 10)
    pid = busy.worker.link.pid
    time.sleep(0.05)
    before = seconds(pid)
    time.sleep(0.2)
    assert seconds(pid) == before
    with lanes.running(busy.worker):
        time.sleep(0.5)
    assert seconds(pid) > before


@pytest.mark.parametrize(("name", "cause"), [("spin", "processor time"), ("sleep", "no answer within")])
def test_a_call_ends_after_its_processor_time_or_without_an_answer_for_long(busy, monkeypatch, name, cause):
    monkeypatch.setattr(lanes, "PATIENCE", 20.0 if name == "spin" else 0.3)
    started = time.perf_counter()
    with pytest.raises(Failure) as caught:
        busy.call(call(name), 100, 0.2)
    assert caught.value.verdict is Verdict.TIME_LIMIT
    assert cause in text(caught.value.finding)
    assert time.perf_counter() - started < 20


def test_signals_to_a_closed_worker_go_nowhere(busy):
    busy.worker.close()
    lanes.stop(busy.worker)
    lanes.resume(busy.worker)


def test_two_runs_never_share_a_core():
    with core() as first, core() as second:
        assert first is None or first != second
    with core() as again:
        assert again == first


@pytest.fixture
def course():
    """The submission of the tests above in a race whose reference is quick."""
    exercise = load_exercise("conv")
    reference = Submitted({"conv.py": exercise.reference_file.read_bytes()}, "conv.py", ("conv2d",))
    expected = Interpreter(scopes(exercise, exercise.reference_file))
    with Sandbox("numpy", exercise.limits) as sandbox:
        yield Course(sandbox, Submitted({"busy.py": BUSY.encode()}, "busy.py", ("start",)), reference, expected, DOUBLE)


NO_MEMORY = NotReturned(verdict=Verdict.MEMORY_LIMIT, ending=Ending.OUT_OF_MEMORY)


def one_image(size: int) -> Call:
    return Call(Name("submission", "conv2d"), [np.ones((size, size)), np.ones((3, 3))], {})


def test_what_ours_lack_beside_a_submission_is_its_loss_and_what_takes_long_is_open(course):
    killed = OursFailed(Failure(NO_MEMORY))
    slow = OursFailed(Failure(LimitHit(quantity=Quantity.CALL, limit=1)))
    found = blamed(course, one_image, 16, killed)
    assert found.verdict is Verdict.MEMORY_LIMIT
    assert text(found.finding).endswith("which works alone: the system ended the process because memory ran out")
    assert blamed(course, one_image, 16, slow).verdict is Verdict.INCONCLUSIVE


def test_what_fails_without_a_submission_too_is_ours(course):
    broken = replace(course, reference=course.reference._replace(files={"conv.py": b"1 / 0"}))
    with pytest.raises(SandboxError, match="cannot be measured"):
        blamed(broken, one_image, 16, OursFailed(Failure(NO_MEMORY)))


def test_ours_start_before_the_submission_and_are_told_apart(course, monkeypatch):
    started, entered = [], Lane.__enter__
    monkeypatch.setattr(Lane, "__enter__", lambda lane: started.append(lane) or entered(lane))
    with course.lanes(course.submitted, course.reference, course.null) as [submission, reference, null]:
        assert started == [reference, null, submission]
        assert [lane.ours for lane in started] == [True, True, False]
        with pytest.raises(OursFailed):
            null.call(call("nowhere"), 100, 1)
