"""What this machine can do at most, on one core: the roof of the roofline (Williams, Waterman and Patterson 2009)."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

import numpy as np

SIDE = 384  # of the multiplied matrices
MIB = 64  # copied: far more than the caches hold
TRIES = 5


@cache
def peaks() -> tuple[float, float]:
    """(floating-point operations, bytes to and from memory) per second: the best of a few tries, in float64."""
    matrix = np.random.default_rng(0).normal(size=(SIDE, SIDE))
    source, target = np.ones(MIB << 17), np.empty(MIB << 17)
    operations = 2 * SIDE**3 / _best(lambda: matrix @ matrix)
    moved = 2 * source.nbytes / _best(lambda: np.copyto(target, source))
    return operations, moved


def _best(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    taken = []
    for _ in range(TRIES):
        started = time.thread_time()
        work()
        taken.append(time.thread_time() - started)
    return min(taken)
