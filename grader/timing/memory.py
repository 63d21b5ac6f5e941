"""Peak memory of one call, by the kernel's high-water mark of a fresh worker, read from outside."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..checks.compare import agree
from ..model import Failure
from ..model.findings import Reason, not_timed
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import answer
from ..sandbox.inside.ops import Call
from .lanes import Lane
from .race import PATIENCE, SMALL, Course, MakeCall, null_op


@dataclass(frozen=True)
class Peak:
    """Bytes at the peak beyond what an empty call needs, and bytes of the inputs."""

    bytes: int
    inputs: int

    @property
    def share(self) -> float:
        """Peak as a multiple of the inputs."""
        return self.bytes / self.inputs


def peak(course: Course, call: MakeCall, size: int) -> Peak:
    """The submission's peak beyond the null call's, at this size; its answer is checked. Raises Failure."""
    small, large = (call(n).snapshot() for n in (max(1, size // SMALL), size))
    _, few = wire.pack(answer(course.expected, small))
    expected = answer(course.expected, large)
    _, outputs = wire.pack(expected)
    with course.lanes(course.submitted, course.null) as lanes:
        value, ours = _risen(lanes[0], small, large, outputs)
        _, nothing = _risen(lanes[1], null_op(small, few), null_op(large, outputs), outputs)
    if not agree(expected, value, course.tolerance):
        raise Failure(not_timed(Reason.WRONG_ANSWER, size))
    _, inputs = wire.pack(large.args)
    return Peak(max(0, ours - nothing), sum(i.nbytes for i in inputs))


def _risen(lane: Lane, small: Call, large: Call, outputs: list[np.ndarray]) -> tuple[Any, int]:
    """The answer to the large call, and by how many bytes it raised the worker's high-water mark."""
    lane.call(small, wire.allowance(outputs), PATIENCE)
    with contextlib.suppress(OSError):  # where the mark cannot be lowered, it is what it was: hardly more
        Path(f"/proc/{lane.worker.host_pid}/clear_refs").write_text("5")
    before = _status(lane, "VmRSS")
    value = lane.call(large, wire.allowance(outputs), lane.worker.limits.wall_seconds).value
    return value, _status(lane, "VmHWM") - before


def _status(lane: Lane, key: str) -> int:
    """A size from /proc, bytes. Raises Failure where there is none."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{lane.worker.host_pid}/status").read_text().splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) << 10
    raise Failure(not_timed(Reason.NO_FIGURES))
