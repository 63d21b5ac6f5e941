"""Ctrl-C and SIGTERM end a batch, also where Python loses the exception."""

from __future__ import annotations

import gc
import signal

import pytest

from grader.cli.work.farms import going_on, run_watched
from grader.errors import INTERRUPTED, TERMINATED, GraderError


class Rounds:
    """Jobs whose first round of results is interrupted amid a collection of garbage."""

    total = finished = 0

    def __init__(self, number: int):
        self.number = number

    def run(self, step) -> None:
        gc.callbacks.append(self.interrupted)
        try:
            gc.collect()
        finally:
            gc.callbacks.remove(self.interrupted)
        step(self)
        raise AssertionError("it goes on")

    def interrupted(self, phase: str, _info: object) -> None:
        if phase == "start":
            signal.raise_signal(self.number)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)])
def test_an_interruption_amid_a_collection_of_garbage_is_not_lost(number, code):
    before = [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)]
    with pytest.raises(GraderError, match="all of it") as stopped, going_on("What is kept: all of it."):
        run_watched(Rounds(number))
    assert stopped.value.exit_code == code
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM)] == before


def test_who_ignores_ctrl_c_goes_on_doing_so():
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with going_on("nothing"):
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, usual)
