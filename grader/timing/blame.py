"""Whose loss it is when a worker of ours gives no answer while a submission is measured."""

from __future__ import annotations

from ..model import Failure, Verdict
from ..model.untimed import Reason, not_timed, taken
from ..sandbox.inside import wire
from ..sandbox.inside.interpreter import answer
from ..sandbox.order import SandboxError
from .lanes import OursFailed
from .race import PATIENCE, Course, MakeCall, null_op


def blamed(course: Course, call: MakeCall, size: int, failed: OursFailed) -> Failure:
    """The submission's, if ours answer as soon as it is gone: then it has taken what they need.

    What only took too long is open: whoever is stopped takes no time, so the machine is busy with others. Raises
    SandboxError where ours fail without the submission too.
    """
    if failed.failure.verdict is Verdict.TIME_LIMIT:
        return Failure(not_timed(Reason.REFERENCE_LATE))
    try:
        _alone(course, call, size)
    except OursFailed as again:
        raise SandboxError(f"the reference cannot be measured: {again}") from again
    return Failure(taken(failed.failure.finding))


def _alone(course: Course, call: MakeCall, size: int) -> None:
    """One call of the reference and one of the null worker, without the submission. Raises OursFailed."""
    op = call(size).snapshot()
    _, outputs = wire.pack(answer(course.expected, op))
    with course.lanes(course.reference, course.null) as [reference, null]:
        reference.call(op, 1 << 30, PATIENCE)
        null.call(null_op(op, outputs), 1 << 30, PATIENCE)
