"""A grader that gets no processor looks late: what the worker computes meanwhile is not the last answer's."""

from __future__ import annotations

import pytest

from grader.model import Failure, Limits
from grader.model.findings import Quantity
from grader.sandbox.meter import Usage
from grader.sandbox.watch import Watch


class CountedMeter:
    """Of a process that has used a second more at each look."""

    blind = False

    def __init__(self):
        self.cpu = 0.0

    def usage(self) -> Usage:
        self.cpu += 1.0
        return Usage(cpu=self.cpu, resident=0, threads=1)

    def starved(self) -> float:
        return 0.0


class AnsweringLink:
    """A worker whose answers are `there`, or not, at one look after the other."""

    def __init__(self, *there: bool):
        self.meter, self.there = CountedMeter(), iter(there)

    def ready(self, _seconds: float, _write: bool = False) -> bool:
        return next(self.there)

    def printed(self) -> list[bytes]:
        return []

    def files(self, _limit: int) -> int:
        return 0


def watched(monkeypatch, *there, seconds=1.5):
    """A call that may take so long, when every wait is long enough for a look."""
    monkeypatch.setattr("grader.sandbox.watch.TICK", 0.0)
    watch = Watch(AnsweringLink(*there), Limits(cpu_seconds=100.0, wall_seconds=1000.0))
    watch.begin_call(seconds)
    return watch


def test_an_answer_that_is_there_came_in_time(monkeypatch):
    watched(monkeypatch, False, False, True).wait()


def test_a_call_without_an_answer_is_cut_off(monkeypatch):
    with pytest.raises(Failure) as caught:
        watched(monkeypatch, False, False, False, True).wait()
    assert caught.value.finding.quantity is Quantity.CALL


def test_what_comes_drop_by_drop_is_no_answer(monkeypatch):
    watch = watched(monkeypatch, False, False, True, True)
    watch.wait()
    with pytest.raises(Failure) as caught:
        watch.wait()
    assert caught.value.finding.quantity is Quantity.CALL


def test_the_check_has_its_limit_all_the_same(monkeypatch):
    watch = watched(monkeypatch, True, seconds=None)
    watch.link.meter.cpu = 200.0
    with pytest.raises(Failure) as caught:
        watch.wait()
    assert caught.value.finding.quantity is Quantity.CPU
