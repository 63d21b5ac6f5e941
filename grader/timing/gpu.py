"""Workers on a GPU: how they start, and which operations they are asked for.

The null worker runs nothing of the submission's. So it measures the device, flushes its caches and holds its memory,
where the submission cannot interfere. What fails in it or in the reference's worker, also while there is no submission,
is no fault of the student's: the check is not run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..model import Failure
from ..model.untimed import Reason, not_timed, taken
from ..sandbox.inside import wire
from ..sandbox.inside.ops import CallBatch, Op, Prepare
from ..sandbox.inside.wire import Name, Ref
from ..sandbox.launch import Sandbox
from .device import Device
from .lanes import Lane, OursFailed, Timed
from .race import Course, MakeCall, Prepared, in_place_of, null_args

START = 120.0  # seconds for the first call: CUDA starts, libraries choose their algorithms
HOST_MIB, THREADS = 8192, 128  # what CUDA takes of the machine's memory, and its helpers
PREPARED, BALLAST = Ref(1), Ref(2)  # what a worker keeps


@dataclass(frozen=True, kw_only=True)
class GpuCourse(Course):
    """A course on a device. `prepared` is a function with its arguments; what it makes is a call's first argument."""

    device: Device
    prepared: Prepared | None = None

    def prepare(self) -> list[Prepare]:
        """The operation that makes the object that every call gets; none where there is no such object."""
        if self.prepared is None:
            return []
        function, args = self.prepared
        scope, _, name = function.rpartition(".")
        return [Prepare(self.device.name, Name(scope or "submission", name), list(args), PREPARED.id)]

    def batch(self, call: MakeCall, size: int, count: int) -> CallBatch:
        """So many calls with fresh inputs as one operation."""
        calls = [call(size) for _ in range(count)]
        first = [] if self.prepared is None else [PREPARED]
        return CallBatch(self.device.name, calls[0].target, [[*first, *c.positional()] for c in calls]).snapshot()

    def null_batch(self, op: CallBatch, outputs: list[np.ndarray]) -> CallBatch:
        """The same inputs, and outputs of the same size for each, with nothing done in between."""
        batch = [null_args(args, outputs) for args in op.batch]
        return replace(op, target=Name("submission", "null"), batch=batch)


@contextlib.contextmanager
def on_device(base: Course, device: Device, reference: Path, prepared: Prepared | None) -> Iterator[GpuCourse]:
    """The same submission on the device, alone there, behind a sandbox that lets it be used. Raises Failure."""
    limits = replace(base.sandbox.limits, memory_mib=HOST_MIB, threads=THREADS)
    with (
        device.locked(),
        Sandbox(
            "torch",
            limits,
            hidden=base.sandbox.hidden,
            operators=base.sandbox.operators,
            gpu=True,
            zygotes=base.sandbox.zygotes,
            layer=base.sandbox.layer,
        ) as sandbox,
    ):
        yield GpuCourse(
            sandbox=sandbox,
            submitted=base.submitted,
            reference=in_place_of(base.submitted, reference),
            expected=base.expected,
            tolerance=base.tolerance,
            pinned=False,
            device=device,
            prepared=prepared,
        )


def ours(lane: Lane, op: Op) -> Timed:
    """Ask a worker that runs nothing of the submission's. Raises OursFailed."""
    return lane.call(op, 1 << 30, START)


def blamed(course: GpuCourse, call: MakeCall, size: int, failed: OursFailed) -> Failure:
    """Whose loss it is that a worker of ours failed: the submission's, if ours do their work as soon as it is gone."""
    try:
        with course.lanes(course.reference, course.null) as [reference, null]:
            for first in course.prepare():
                ours(reference, first)
            op = course.batch(call, size, 1)
            ours(null, course.null_batch(op, wire.pack(ours(reference, op).value)[1]))
    except OursFailed as again:
        return Failure(not_timed(Reason.GPU_UNUSABLE, cause=again.failure.finding))
    return Failure(taken(failed.failure.finding))
