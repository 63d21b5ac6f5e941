"""One zygote starts before the exercise is known; closing a sandbox waits for nothing, the command's end for all."""

from __future__ import annotations

import pytest

from grader.model import Limits
from grader.sandbox import launch
from grader.sandbox.launch import Sandbox, Zygotes
from grader.sandbox.order import SandboxError, Submitted
from grader.sandbox.outside import ZygoteProcess


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
    monkeypatch.setattr(launch, "ZygoteProcess", Noted)
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
