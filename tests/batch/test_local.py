"""Processes behind threads: a death is that one job's, and nobody outlives the command."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from grader.batch.local import Pools, WorkerLost


@pytest.fixture
def pools():
    made = Pools()
    yield made
    made.close()


def test_a_thread_keeps_its_process(pools):
    assert pools.run("batch", os.getpid) == pools.run("batch", os.getpid) != os.getpid()


def test_a_death_is_told_and_the_next_job_gets_a_new_process(pools):
    first = pools.run("batch", os.getpid)
    with pytest.raises(WorkerLost):
        pools.run("batch", os.kill, first, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        pools.run("batch", os._exit, 0)
    assert pools.run("batch", os.getpid) != first


def test_another_batch_gets_another_process(pools):
    first, second = pools.run("batch", os.getpid), pools.run("other", os.getpid)
    assert first != second
    assert pools.run("batch", os.getpid) == first
    pools.run("third", os.getpid)
    assert pools.run("other", os.getpid) != second


def test_an_error_of_the_job_is_the_jobs(pools):
    with pytest.raises(ZeroDivisionError):
        pools.run("batch", divmod, 1, 0)


def test_closing_ends_the_processes():
    pools = Pools()
    pid = pools.run("batch", os.getpid)
    pools.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
