"""What went wrong in a worker, as a verdict and a message for the student."""

from __future__ import annotations

import os
import signal
from typing import Any

from ..model import Failure, Limits, Verdict
from .inside.wire import ProtocolError


def reported(error: Any) -> Failure:
    """An error that the worker reports: only its text and kind are taken over, never points. Raises ProtocolError."""
    if not isinstance(error, dict):
        raise ProtocolError("malformed error")
    known = {v.value: v for v in (Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.NOT_DEFINED, Verdict.BANNED_CALL)}
    verdict = known.get(str(error.get("verdict")), Verdict.RUNTIME_ERROR)
    text, said = (str(error.get(field, ""))[:5000] for field in ("text", "said"))
    return Failure(verdict, text, kind=str(error.get("kind", ""))[:100] or "Exception", said=said)


def cause_of_death(status: int, cpu: float, limits: Limits) -> tuple[Verdict, str]:
    """The verdict on a worker that ended, and why: by its wait status and its seconds of processor time."""
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu >= limits.total_seconds):
            return Verdict.TIME_LIMIT, f"used more than {limits.total_seconds:.0f} s of processor time in all"
        if number == signal.SIGKILL:
            return Verdict.MEMORY_LIMIT, "the system ended the submission's process because memory ran out"
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        return Verdict.RUNTIME_ERROR, f"the submission's process was ended by {name} (a crash in compiled code?)"
    return Verdict.RUNTIME_ERROR, (
        f"the submission's process ended by itself (exit code {os.WEXITSTATUS(status)}): does it call exit?"
    )
