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
    assert pools.run(os.getpid) == pools.run(os.getpid) != os.getpid()


def test_a_death_is_told_and_the_next_job_gets_a_new_process(pools):
    first = pools.run(os.getpid)
    with pytest.raises(WorkerLost):
        pools.run(os.kill, first, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        pools.run(os._exit, 0)
    assert pools.run(os.getpid) != first


def test_an_error_of_the_job_is_the_jobs(pools):
    with pytest.raises(ZeroDivisionError):
        pools.run(divmod, 1, 0)


def test_closing_ends_the_processes():
    pools = Pools()
    pid = pools.run(os.getpid)
    pools.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
