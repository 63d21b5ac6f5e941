"""A sandbox that is closed is gone, with all of its processes, at whatever moment that happens."""

from __future__ import annotations

import time

import pytest

from grader.exercise import Exercise
from grader.sandbox.launch import Sandbox
from grader.sandbox.order import Submitted

SLEEPER = b"import time\ntime.sleep(1000)\n"


@pytest.mark.slow
@pytest.mark.parametrize("bubblewrap", [True, False])
def test_closed_while_it_starts(bubblewrap: bool, scene, conv: Exercise):
    """Most harm is done in the first milliseconds, when bubblewrap's child does not yet die with its parent."""
    for step in range(30):
        sandbox = Sandbox("numpy", conv.limits, use_bubblewrap=bubblewrap)
        time.sleep(step * 0.0005)
        sandbox.close()


@pytest.mark.parametrize("bubblewrap", [True, False])
def test_closed_with_workers(bubblewrap: bool, scene, conv: Exercise):
    with Sandbox("numpy", conv.limits, use_bubblewrap=bubblewrap) as sandbox:
        workers = [sandbox.worker(Submitted({"sleeper.py": SLEEPER}, "sleeper.py", ())) for _ in range(3)]
    for worker in workers:
        worker.watch.close()
