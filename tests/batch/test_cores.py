"""Processes of a batch keep to a core each, as long as there are any to spare."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CORES = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
PROGRAM = """
import os, sys
from grader.batch import work
from grader.timing import lanes
real = lanes.core
lanes.core = lambda purpose: real(f"{purpose} of {sys.argv[1]}")  # not those that batches beside this test keep to
work.warm_up(None, one_core=True)
print(*os.sched_getaffinity(0), flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.skipif(len(CORES) < 2, reason="there is one core, or nothing to tell them apart by")
def test_each_process_gets_another_core_and_the_last_one_all():
    command = [sys.executable, "-c", PROGRAM, f"{os.getpid()}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(len(CORES) + 1)]
    found = [[int(number) for number in process.stdout.readline().split()] for process in processes]
    for process in processes:
        process.communicate()
    assert sorted(number for cores in found if len(cores) == 1 for number in cores) == CORES
    assert [cores for cores in found if len(cores) > 1] == [CORES]
