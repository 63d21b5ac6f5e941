"""Peak memory of one call on a GPU: all but what it may use is taken by a worker that the submission cannot reach.

A call that needs more fails, whatever it tells its allocator; one that adapts to less memory passes.
"""

from __future__ import annotations

from ..checks.compare import agree
from ..model import Failure
from ..model.untimed import Reason, not_timed
from ..sandbox.inside import wire
from ..sandbox.inside.ops import Ballast
from .gpu import BALLAST, START, GpuCourse, ours
from .race import SMALL, MakeCall

SLACK = 64 << 20  # bytes: the allocator takes blocks of 2 or 20 MiB, libraries load more code at another size


def bounded(course: GpuCourse, call: MakeCall, size: int, limit: float) -> int:
    """The call in no more than `limit` times its inputs' memory, beside inputs and outputs; returns these bytes.

    Raises Failure: `memory_limit` where that does not suffice.
    """
    op, small = course.batch(call, size, 1), course.batch(call, max(1, size // SMALL), 1)
    with course.lanes(course.submitted, course.reference, course.null) as [lane, reference, null]:
        for first in course.prepare():
            ours(reference, first)
            lane.call(first, 0, START)
        expected = ours(reference, op).value
        outputs = wire.pack(expected)[1]
        inputs = sum(t.nbytes for t in wire.pack(op.batch)[1])
        lane.call(small, wire.allowance(outputs), START)
        allowed = int(limit * inputs)
        free = allowed + inputs + sum(t.nbytes for t in outputs) + SLACK
        ballast = Ballast(course.device.name, free, BALLAST.id)
        if not ours(null, ballast).value:
            lane.worker.close()
            raise _too_little(free, held=ours(null, ballast).value)
        answer = lane.call(op, wire.allowance(outputs), lane.worker.limits.wall_seconds).value
    if not agree(expected, answer, course.tolerance):
        raise Failure(not_timed(Reason.WRONG_ANSWER, size))
    return allowed


def _too_little(free: int, *, held: bool) -> Failure:
    """There is not as much free memory; `held` if there is without the submission's worker."""
    if held:
        return Failure(not_timed(Reason.GPU_HELD))
    return Failure(not_timed(Reason.GPU_FULL, free >> 20))
