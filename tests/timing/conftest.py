"""The way of a GPU check with the processor as the device, and what the workers are asked on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.checks.diagnose import scopes
from grader.judge.session import Session
from grader.sandbox.inside.interpreter import Interpreter
from grader.sandbox.inside.ops import Op
from grader.sandbox.launch import Sandbox
from grader.submission.load import load
from grader.timing import device
from grader.timing.device import Device
from grader.timing.fixture import Timing
from grader.timing.lanes import Lane
from tests.timing.gpu_checks import FAST_CONV, STAND_IN


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls take as long as they keep the processor busy, so that nobody else's work counts.

    A GPU's race reads the wall clock, as a GPU's work is on no process's clock. The stand-in's is.
    """
    original = Lane.call

    def call(lane: Lane, op: Op, *rest):
        answer = original(lane, op, *rest)
        return replace(answer, elapsed=answer.cpu)

    monkeypatch.setattr(Lane, "call", call)


@pytest.fixture
def stand_in(idle: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
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
