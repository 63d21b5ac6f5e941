"""One pool for all: everybody sees a place in the queue, and the queue has a bound."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from grader.batch.executor import Farm
from grader.batch.work import GradingOptions
from grader.submission.load import Submission
from grader.submission.scan import Facts
from grader.web.pool import GradingPool, QueueFull, Ticket

FILE = Submission("my_conv.py", {}, "my_conv.py", Facts())


class Executor:
    """Jobs that the test begins and ends."""

    def __init__(self) -> None:
        self.jobs: list[Future[Any]] = []

    def submit(self, *_: Any) -> Future[Any]:
        self.jobs.append(Future())
        return self.jobs[-1]


@pytest.fixture
def executor() -> Iterator[Executor]:
    made = Executor()
    yield made
    for job in made.jobs:
        job.cancel()


@pytest.fixture
def pool(executor: Executor) -> GradingPool:
    return GradingPool(Farm(executor, lambda *_: None, lambda: 1), most=3)  # type: ignore[arg-type]


def put(pool: GradingPool, owner: str, exercise: str = "conv", then: Any = bool) -> Ticket:
    return pool.put(owner, exercise, FILE, GradingOptions(1), then)


def test_who_waits_sees_how_many_are_before(pool: GradingPool, executor: Executor) -> None:
    tickets = [put(pool, owner) for owner in ("ada", "ben", "cem")]
    assert [pool.place(t) for t in tickets] == [1, 2, 3]
    executor.jobs[0].set_running_or_notify_cancel()
    assert [pool.place(t) for t in tickets] == [0, 1, 2]
    executor.jobs[0].set_result("graded")
    executor.jobs[1].set_running_or_notify_cancel()
    assert [pool.place(t) for t in tickets] == [0, 0, 1]
    assert [t.done.is_set() for t in tickets] == [True, False, False]


def test_more_than_the_bound_are_told_to_come_again(pool: GradingPool, executor: Executor) -> None:
    tickets = [put(pool, owner) for owner in ("ada", "ben", "cem")]
    with pytest.raises(QueueFull, match=r"3 submissions wait already\. Hand in again in a minute"):
        put(pool, "dan")
    assert [pool.place(t) for t in tickets] == [1, 2, 3]
    executor.jobs[0].set_running_or_notify_cancel()
    assert pool.place(put(pool, "dan")) == 3


def test_a_newer_file_takes_the_place_of_one_that_waits(pool: GradingPool, executor: Executor) -> None:
    heard: list[object] = []
    first = put(pool, "ada", then=heard.append)
    other = put(pool, "ada", "pooling")
    second = put(pool, "ada", then=heard.append)
    assert first.done.is_set()
    assert not heard  # nothing came of the first
    assert [pool.place(t) for t in (other, second)] == [1, 2]
    executor.jobs[2].set_running_or_notify_cancel()
    put(pool, "ada")  # what is being graded is not taken away
    executor.jobs[2].set_result("graded")
    assert len(heard) == 1


def test_who_waits_hears_of_each_check_that_is_decided(pool: GradingPool, executor: Executor) -> None:
    ticket = put(pool, "ada")
    executor.jobs[0].set_running_or_notify_cancel()
    assert ticket.checks.count == 0
    with ticket.checks.path.open("ab") as told:
        told.write(b"..")
    assert ticket.checks.count == 2
    executor.jobs[0].set_result("graded")
    assert (ticket.checks.count, ticket.checks.path.exists()) == (0, False)
