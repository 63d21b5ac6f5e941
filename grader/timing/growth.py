"""How time grows with the size: the power of n for the submission and for the reference, at n, 2n and 4n.

Where time is a + b·nᵖ, differences cancel a: p = log2((t(4n) − t(2n)) / (t(2n) − t(n))). Measured only where a limit
was missed: the submission at sizes that are small enough for what is slow, the reference where it has something to do.
"""

from __future__ import annotations

import math
import time

import numpy as np

from ..model import Failure, Growth
from ..sandbox import wire
from ..sandbox.launch import Submitted
from .lanes import Lane
from .race import Call, Course

BUDGET = 0.4  # seconds, for each of both
REPEATS = 5
LEAST = 8  # the smallest size
MOST_BYTES = 1 << 28


def measure(course: Course, call: Call, size: int) -> Growth | None:
    """The powers of n, or None where time or precision did not suffice to tell."""
    submission = _grown(course, course.submitted, call, _up_to(size))
    reference = _grown(course, course.reference, call, [size, 2 * size, 4 * size])
    if submission is None or reference is None:
        return None
    sizes, power = submission
    return Growth(sizes, power, reference[1])


def _up_to(size: int) -> list[int]:
    """Doubling up to this size, from the smallest that is worth it."""
    steps = int(math.log2(max(size // LEAST, 1)))
    return [size >> k for k in range(steps, -1, -1)]


def _grown(course: Course, runner: Submitted, call: Call, sizes: list[int]) -> tuple[list[int], float] | None:
    """The last three sizes that there was time for, and the power of n there."""
    seconds: list[float] = []
    deadline = time.perf_counter() + BUDGET
    with course.lanes(runner) as [lane]:
        for n in sizes:
            try:
                seconds.append(_median(lane, call, n, deadline))
            except Failure:
                break
    return (sizes[len(seconds) - 3 : len(seconds)], power) if (power := fitted(seconds[-3:])) is not None else None


def _median(lane: Lane, call: Call, n: int, deadline: float) -> float:
    """Processor seconds of one call of this size, after one to warm up. Raises Failure when time is up."""
    taken: list[float] = []
    while len(taken) < REPEATS and (not taken or time.perf_counter() < deadline):
        left = max(deadline - time.perf_counter(), 0.01)
        taken.append(lane.call(wire.snapshot_op(call(n)), MOST_BYTES, left).cpu)
    return float(np.median(taken[1:] or taken))


def fitted(seconds: list[float]) -> float | None:
    """The power of n by the times at n, 2n and 4n; None where they do not grow."""
    if len(seconds) < 3:
        return None
    first, second = seconds[1] - seconds[0], seconds[2] - seconds[1]
    return round(math.log2(second / first), 2) if first > 0 and second > 0 else None
