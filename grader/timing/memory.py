"""Peak memory of one call, by what the kernel says of a fresh worker, read from outside.

The high-water mark tells by how much a call raises the memory. What was there before (taken at import, or by the call
that warms up) counts as far as the call touches it: the kernel marks each page that is used.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..checks.compare import agree
from ..model import Failure
from ..model.untimed import Reason, not_timed
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import answer
from ..sandbox.inside.ops import Call
from .lanes import Lane, ended_early
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
    with course.lanes(course.submitted, course.null) as [lane, null]:
        _, nothing = _needed(null, null_op(small, few), null_op(large, outputs), outputs)
        value, needed = _needed(lane, small, large, outputs)
    if not agree(expected, value, course.tolerance):
        raise Failure(not_timed(Reason.WRONG_ANSWER, size))
    _, inputs = wire.pack(large.args)
    return Peak(max(0, needed - nothing), sum(i.nbytes for i in inputs))


def _needed(lane: Lane, small: Call, large: Call, outputs: list[np.ndarray]) -> tuple[Any, int]:
    """The answer to the large call, and the bytes it needed: new ones at its peak, and old ones that it touched."""
    lane.call(small, wire.allowance(outputs), PATIENCE)
    _forget(lane)
    before = _status(lane, "VmRSS")
    value = lane.call(large, wire.allowance(outputs), lane.worker.limits.wall_seconds).value
    new, left = _status(lane, "VmHWM") - before, _status(lane, "VmRSS") - before
    return value, new + max(0, _touched(lane) - max(0, left))


def _forget(lane: Lane) -> None:
    """Lower the high-water mark and unmark all pages; where that cannot be done, the mark is hardly too high."""
    for what in ("5", "1"):
        with contextlib.suppress(OSError):
            Path(f"/proc/{lane.worker.pid}/clear_refs").write_text(what)


def _touched(lane: Lane) -> int:
    """Bytes of the writable pages that were used since: 0 where the system does not tell."""
    total, writable = 0, False
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{lane.worker.pid}/smaps").read_text().splitlines():
            key, *fields = line.split()
            if not key.endswith(":"):  # a mapping's first line: addresses, rights, offset, device, inode, name
                writable = "w" in fields[0]
            elif writable and key == "Referenced:":
                total += int(fields[0]) << 10
    return total


def _status(lane: Lane, key: str) -> int:
    """A size from /proc, bytes. Raises Failure where there is none."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{lane.worker.pid}/status").read_text().splitlines():
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) << 10
    if not lane.ours:  # of ours, which is asked first, the system did tell
        raise ended_early()
    raise Failure(not_timed(Reason.NO_FIGURES))
