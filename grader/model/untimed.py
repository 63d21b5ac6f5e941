"""Why nothing was timed, or why what was timed does not count."""

from __future__ import annotations

from enum import StrEnum

from .findings import Finding
from .record import record
from .verdict import Verdict


class Reason(StrEnum):
    """Why nothing was timed, or what was timed does not count."""

    NO_TIMING = "no_timing"  # --no-timing
    INTERRUPTED = "interrupted"  # by whoever grades
    UNTIMED_HERE = "untimed_here"
    CPU_ONLY = "cpu_only"  # --device cpu
    NO_GPU = "no_gpu"
    NO_TORCH_GPU = "no_torch_gpu"
    NO_FIGURES = "no_figures"  # the system does not tell how much memory is used
    GPU_LOCKED = "gpu_locked"  # `figure`: seconds
    NO_LOCK_FILE = "no_lock_file"  # `detail`: its path
    GPU_FULL = "gpu_full"  # `figure`: MiB that are needed
    GPU_UNUSABLE = "gpu_unusable"  # `cause`
    GPU_BUSY = "gpu_busy"
    GPU_HELD = "gpu_held"  # memory of it, by the submission before the call
    GOES_ON = "goes_on"  # the submission's work, after its answers
    REFERENCE_LATE = "reference_late"
    TAKEN = "taken"  # by the submission, what the reference needs; `cause`
    TOO_SOON = "too_soon"  # `figure`: the least seconds
    NOT_LOADED_AGAIN = "not_loaded_again"
    WRONG_ANSWER = "wrong_answer"  # `figure`: the size


VERDICTS = {
    Reason.GPU_BUSY: Verdict.INCONCLUSIVE,
    Reason.REFERENCE_LATE: Verdict.INCONCLUSIVE,
    Reason.GPU_HELD: Verdict.MEMORY_LIMIT,
    Reason.GOES_ON: Verdict.INVALID,
    Reason.TOO_SOON: Verdict.INVALID,
    Reason.NOT_LOADED_AGAIN: Verdict.RUNTIME_ERROR,
    Reason.WRONG_ANSWER: Verdict.WRONG_ANSWER,
}


@record(kw_only=True)
class NotTimed(Finding):
    """A check of time or memory without a measurement that counts."""

    verdict: Verdict = Verdict.NOT_RUN
    reason: Reason
    figure: float = 0.0
    detail: str = ""
    cause: Finding | None = None


def not_timed(reason: Reason, figure: float = 0.0, detail: str = "", cause: Finding | None = None) -> NotTimed:
    """With the reason's own verdict: `not_run`, unless something was measured."""
    verdict = VERDICTS.get(reason, Verdict.NOT_RUN)
    return NotTimed(verdict=verdict, reason=reason, figure=figure, detail=detail, cause=cause)


def taken(cause: Finding) -> NotTimed:
    """The submission takes what the reference needs beside it: `cause` is how that one failed."""
    return NotTimed(verdict=cause.verdict, reason=Reason.TAKEN, cause=cause)
