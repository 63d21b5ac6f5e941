"""GPU checks with the processor as the device.

What only a GPU can show is in `tests/test_cuda.py`. The stand-in is put in place by the tests' fixtures; no option or
variable of the program does that.
"""

from __future__ import annotations

import sys

import pytest

from grader.exercise import load_exercise
from grader.timing.device import Device
from grader.timing.fixture import Timing

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox that lets a GPU be used: Linux")

STAND_IN = Device("cpu", side=128, flush_mib=4)
FAST_CONV = load_exercise("fast_conv")
IM2COL = FAST_CONV.reference_file.read_text()


def layer(draw, n: int) -> tuple:
    """Four images of eight channels, and sixteen filters."""
    return draw.tensor(4, 8, n, n), draw.tensor(16, 8, 3, 3)


def work(n: int) -> float:
    """Floating-point operations."""
    return 2 * 4 * 16 * 8 * 9 * (n - 2) ** 2


def run(timing: Timing, against: str = "") -> Timing:
    """One timing check on the stand-in, with a limit that noise does not reach."""
    timing.at_most_on_gpu(8, "conv2d", layer, size=32, work=work, against=against)
    return timing


def bounded(timing: Timing) -> Timing:
    """One memory check on the stand-in."""
    timing.memory_at_most_on_gpu(32, "conv2d", layer, size=32)
    return timing
