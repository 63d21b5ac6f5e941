"""One zygote starts before the exercise is known; closing a sandbox waits for nothing, the command's end for all."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator

import numpy as np
import pytest

from grader.model import Failure, Limits
from grader.sandbox import launch, remote, zygotes
from grader.sandbox.inside.ops import Call, Op
from grader.sandbox.inside.wire import Array, Name
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import SandboxError, Submitted
from grader.sandbox.outside import ZygoteProcess
from grader.sandbox.remote import Worker
from grader.sandbox.spawner import Spawner
from grader.sandbox.zygotes import Zygotes


class Noted(ZygoteProcess):
    """A process that is noted when it starts and when its end was waited for."""

    started: list[ZygoteProcess]
    ended: list[ZygoteProcess]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.started.append(self)

    def end(self):
        super().end()
        self.ended.append(self)


@pytest.fixture(autouse=True)
def noted(monkeypatch):
    monkeypatch.setattr(zygotes, "ZygoteProcess", Noted)
    monkeypatch.setattr(Noted, "started", [], raising=False)
    monkeypatch.setattr(Noted, "ended", [], raising=False)


def sandbox(zygotes: Zygotes | None = None, **options) -> Sandbox:
    return Sandbox("numpy", Limits(), zygotes=zygotes, **options)


def test_the_first_sandbox_takes_the_early_zygote_and_the_next_one_starts_its_own():
    with Zygotes() as zygotes:
        assert len(Noted.started) == 1
        with sandbox(zygotes):
            assert len(Noted.started) == 1
            with sandbox(zygotes):
                assert len(Noted.started) == 2
        assert Noted.ended == []
    assert set(Noted.ended) == set(Noted.started)


def test_an_early_zygote_of_another_kind_is_left_and_ended():
    with Zygotes() as zygotes, sandbox(zygotes, gpu=True):
        assert len(Noted.started) == 2
    assert set(Noted.ended) == set(Noted.started)


def test_the_zygote_of_a_command_that_has_begun_is_taken_once():
    with zygotes.begun(), Zygotes() as first:
        assert first._early is Noted.started[0]
        with Zygotes() as second:
            assert second._early is Noted.started[1]
    assert set(Noted.ended) == set(Noted.started)


def test_a_command_that_has_begun_may_ask_for_another_layer():
    with zygotes.begun():
        (begun,) = Noted.started
        with Zygotes("process") as spawning:
            assert isinstance(spawning._early, Spawner)
        assert begun._process.poll() is None
    begun.end()  # it was told to end, and is waited for here


def test_what_a_command_does_not_need_ends_without_being_waited_for():
    with zygotes.begun():
        (begun,) = Noted.started
    assert Noted.ended == []
    assert begun._control.fileno() == -1, "it is hung up on"
    begun.end()


@pytest.mark.parametrize("said", [(), ("started",), ("started", "ready")])
def test_whenever_its_grader_goes_away_it_leaves_no_folder(said):
    """As when the grader is killed: nobody tells it to end, nor clears up."""
    process = ZygoteProcess(None)
    if "ready" in said:
        process.prepare({"preload": [], "hidden": [], "operators": []})
    for message in said[:-1]:
        assert process.message(message, True, 60)
    if said:  # the last message is there, and is not read
        assert select.select([process._control], [], [], 60)[0]
    process._control.close()
    assert process._process.wait(60) == 0, process.errors()
    assert not os.path.exists(process.folder)
    process.end()


def test_a_sandbox_by_itself_waits_for_its_own():
    with sandbox():
        assert Noted.ended == []
    assert Noted.ended == Noted.started


def test_a_worker_that_the_system_refuses_is_no_end_of_the_others(monkeypatch):
    nothing = Submitted({"nothing.py": b""}, "nothing.py", ())
    with sandbox() as box:
        box.worker(nothing).close()
        with monkeypatch.context() as full:
            full.setattr(box._process, "scratch_root", "/proc/nowhere")
            with pytest.raises(SandboxError, match=r"no worker could be started: .*/proc/nowhere"):
                box.worker(nothing)
        box.worker(nothing).close()


def test_the_next_worker_can_be_started_before_it_is_needed(monkeypatch):
    nothing = Submitted({"nothing.py": b""}, "nothing.py", ())
    with sandbox() as box:
        box.worker(nothing).close()
        box.ahead()
        monkeypatch.setattr(box, "_order", None)  # no other is asked for
        box.ahead()
        box.worker(nothing).close()


SOURCE = b"import os\nmade = os.getpid()\ndef process(): return made\ndef double(X): return 2 * X\n"


def submitted(source: bytes = SOURCE, main: str = "mine.py") -> Submitted:
    return Submitted({main: source}, main, ("process", "double"))


def array(n: int) -> np.ndarray:
    return np.full(2, float(n))


@pytest.fixture
def box(monkeypatch) -> Iterator[Sandbox]:
    """A sandbox that has had a submission; all of its workers are closed at the end."""
    made: list[Worker] = []

    class Kept(Worker):
        def __init__(self, *args):
            made.append(self)
            super().__init__(*args)

    monkeypatch.setattr(remote, "Worker", Kept)
    with sandbox() as box:
        box.worker(submitted()).close()
        yield box
        for worker in made:
            worker.close(reap=False)


def process(worker) -> int:
    return worker.ask(Call(Name("submission", "process"), [], {}))(1 << 10)


def test_what_will_probably_be_handed_in_is_loaded_before_it_is_asked_for(box):
    again = SOURCE + b"# saved again\n"
    box.begin({"mine.py": again}, "process")
    begun = box._begun
    assert box.worker(submitted(again)) is begun
    assert begun.load().defined == ("process", "double")
    begun.close(reap=False)
    box.ahead()
    box.begin({"mine.py": SOURCE}, "process")
    assert box.worker(submitted(SOURCE)) is not begun


@pytest.mark.parametrize(
    "handed_in", [submitted(SOURCE + b"# of another version\n"), submitted()._replace(names=("double",))]
)
def test_what_was_begun_for_something_else_is_not_used(box, handed_in):
    box.begin({"mine.py": SOURCE}, "process")
    begun = box._begun
    other = box.worker(handed_in)
    assert other is not begun
    assert begun._reaped
    other.load()
    assert process(other)


@pytest.mark.parametrize(
    "files", [{"other.py": SOURCE}, {"mine.py": SOURCE, "more.py": b""}, {"mine.py": b"#" * 70_000}]
)
def test_other_names_and_large_files_are_loaded_when_they_are_asked_for(box, files):
    box.begin(files, "process")
    assert box._begun is None


def test_the_save_after_one_that_could_not_be_read_is_loaded_ahead(box):
    box.begin({"mine.py": b"def process(:"}, "process")
    box.ahead()  # nobody asked for it
    assert box._begun is None
    box.begin({"mine.py": SOURCE}, "process")
    assert box._begun.submitted == submitted()


def test_nothing_is_loaded_ahead_behind_less_than_is_required(box, monkeypatch):
    monkeypatch.setattr(launch, "suffices", lambda layer, required: required == "process")
    box.begin({"mine.py": SOURCE}, "capped")
    assert box._begun._loading is None


def test_questions_can_be_known_before_the_submission_is(box):
    numbers = [Call(Name("submission", "double"), [Array(array(n))], {}) for n in range(3)]
    unknown = Call(Name("submission", "double"), [Array(array(9))], {})
    box.ahead(numbers)
    waiting = box._waiting
    worker = box.worker(submitted())
    assert worker is waiting
    worker.load()
    asked: list[Op] = [numbers[2], unknown, numbers[0], numbers[0]]  # in any order; what is asked twice is sent
    assert [float(worker.ask(op)(1 << 10).data[0]) for op in asked] == [4.0, 18.0, 0.0, 0.0]


def test_a_worker_that_ended_while_it_waited_is_no_fault_of_the_submission(box):
    box.ahead([Call(Name("submission", "process"), [], {})])
    os.kill(box._waiting.pid, signal.SIGKILL)
    assert box._waiting.link.ended(10)
    worker = box.worker(submitted())
    worker.load()
    assert process(worker)


def test_a_worker_that_ends_while_it_loads_ahead_is_asked_again(box):
    ends = b"import os\nos._exit(3)\n"
    box.begin({"mine.py": ends}, "process")
    assert box._begun.link.ended(10)
    with pytest.raises(Failure):
        box.worker(submitted(ends)).load()


def test_a_worker_is_collected_before_the_next_one_starts(box):
    first = box.worker(submitted())
    first.close(reap=False)
    assert not first._reaped
    box.worker(submitted())
    assert first._reaped
