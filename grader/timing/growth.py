"""How time grows with the size: the power of n, fitted to the times at n, 2n and 4n.

Where time is a + b·nᵖ, differences cancel a: p = log2((t(4n) − t(2n)) / (t(2n) − t(n))). Measured only where a limit
was missed, at sizes that are small enough for slow code. The interval is a percentile bootstrap (Efron 1979): the calls
of each size are drawn with replacement.
"""

from __future__ import annotations

import math
import time

import numpy as np

from ..model import Failure
from ..model.measurement import Growth
from .lanes import Lane
from .race import Course, MakeCall

BUDGET = 0.3  # seconds
REPEATS = 5
LEAST = 8  # the smallest size
MOST_BYTES = 1 << 28
RESAMPLES = 2000
TAILS = (0.025, 0.975)


def measure(course: Course, call: MakeCall, size: int, enough: int) -> Growth | None:
    """The power of n at the last three sizes that there was time for; None where that did not suffice to tell."""
    sizes, seconds = _up_to(size), []
    deadline = time.perf_counter() + BUDGET
    with course.lanes(course.submitted) as [lane]:
        for n in sizes:
            try:
                seconds.append(_times(lane, call, n, deadline))
            except Failure:
                break
    power = fitted([float(np.median(times)) for times in seconds[-3:]])
    if power is None:
        return None
    return Growth(sizes[len(seconds) - 3 : len(seconds)], power, enough, *interval(seconds[-3:]))


def _up_to(size: int) -> list[int]:
    """Doubling up to this size, from the smallest that is worth it."""
    steps = int(math.log2(max(size // LEAST, 1)))
    return [size >> k for k in range(steps, -1, -1)]


def _times(lane: Lane, call: MakeCall, n: int, deadline: float) -> list[float]:
    """Processor seconds of calls of this size, after one to warm up. Raises Failure when time is up."""
    taken: list[float] = []
    while len(taken) < REPEATS and (not taken or time.perf_counter() < deadline):
        left = max(deadline - time.perf_counter(), 0.01)
        taken.append(lane.call(call(n).snapshot(), MOST_BYTES, left).cpu)
    return taken[1:] or taken


def fitted(seconds: list[float]) -> float | None:
    """The power of n by the times at n, 2n and 4n; None where they do not grow."""
    if len(seconds) < 3:
        return None
    first, second = seconds[1] - seconds[0], seconds[2] - seconds[1]
    return round(math.log2(second / first), 2) if first > 0 and second > 0 else None


def interval(seconds: list[list[float]]) -> tuple[float | None, float | None]:
    """The power's interval by the calls' times at n, 2n and 4n; None where they leave it open, or are too few."""
    if min(map(len, seconds)) < 3:
        return None, None
    rng = np.random.default_rng(len(seconds[0]))
    drawn = [np.median(rng.choice(times, (RESAMPLES, len(times))), axis=1) for times in seconds]
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.log2((drawn[2] - drawn[1]) / (drawn[1] - drawn[0]))
    if not np.isfinite(powers).all():
        return None, None
    low, high = np.quantile(powers, TAILS)
    return round(float(low), 2), round(float(high), 2)
