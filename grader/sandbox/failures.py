"""What went wrong in a worker, as a finding."""

from __future__ import annotations

import signal
from typing import Any

import numpy as np

from ..model import Failure, Finding, Limits, Verdict
from ..model.findings import Banned, Ending, LimitHit, NotDefined, NotReturned, Place, Quantity, Raised
from .inside import wire
from .inside.frames import TooLarge
from .inside.wire import ProtocolError

MOST_TEXT = 5000  # characters of what an exception says
MOST_LINE = 300
MOST_LINES = 4
MOST_NUMBER = 1 << 31  # of a line
KILLED = {9: "SIGKILL", 24: "SIGXCPU"}  # which Windows' Python has no names for
# Exit codes by which Windows says what other systems say by a signal.
WINDOWS_CRASHES = {
    0xC0000005: "SIGSEGV",
    0xC00000FD: "SIGSEGV",  # the stack is full
    0xC000001D: "SIGILL",
    0xC0000094: "SIGFPE",
    0xC0000409: "SIGABRT",
}
KNOWN = {
    verdict.value: verdict
    for verdict in (Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.NOT_DEFINED, Verdict.BANNED_CALL)
}


def value_of(reply: Any, received: list[np.ndarray]) -> Any:
    """What a worker replied, in the wire's form. Raises Failure with an error that it reports, and ProtocolError."""
    if not isinstance(reply, dict):
        raise ProtocolError("no object")
    if "error" in reply:
        raise reported(reply["error"])
    if "ok" not in reply:
        raise ProtocolError("neither result nor error")
    return wire.unpack(reply["ok"], received)


def misbehaved(error: ProtocolError) -> Failure:
    """A worker that does not keep to the protocol, or whose answer is too large."""
    if isinstance(error, TooLarge):
        size = f"shape {', '.join(map(str, error.shapes[:3]))}, {error.size:,} bytes"
        found = NotReturned(verdict=Verdict.WRONG_ANSWER, ending=Ending.TOO_LARGE, detail=size)
    else:
        found = NotReturned(ending=Ending.NONSENSE, detail=str(error))
    return Failure(found, fatal=True)


def reported(error: Any) -> Failure:
    """An error that the worker reports: only its texts and lines are taken over, never points. Raises ProtocolError."""
    return Failure(reported_finding(error))


def reported_finding(error: Any) -> Finding:
    """The same as a finding. Raises ProtocolError."""
    if not isinstance(error, dict):
        raise ProtocolError("malformed error")
    verdict = KNOWN.get(str(error.get("verdict")), Verdict.RUNTIME_ERROR)
    said, lines = str(error.get("said", ""))[:MOST_TEXT], places(error.get("lines"))
    if verdict is Verdict.NOT_DEFINED:
        return NotDefined(names=(said[:MOST_LINE],))
    if verdict is Verdict.BANNED_CALL:
        where = lines[-1] if lines else Place(0)
        return Banned(name=said[:MOST_LINE], line=where.line, file=where.file if "/" in where.file else "")
    kind, own = (str(error.get(key, ""))[:100] or "Exception" for key in ("kind", "type"))
    return Raised(verdict=verdict, kind=kind, type=own, said=said, lines=lines)


def places(lines: Any) -> tuple[Place, ...]:
    """The lines of the submission that a worker reports, as (line, text, file, function): those that have this form."""
    if not isinstance(lines, list):
        return ()
    whole = [place for place in lines[:MOST_LINES] if _is_place(place)]
    return tuple(Place(line, *(str(part)[:MOST_LINE] for part in texts)) for line, *texts in whole)


def _is_place(place: Any) -> bool:
    return isinstance(place, list) and len(place) == 4 and isinstance(place[0], int) and 0 <= place[0] < MOST_NUMBER


def cause_of_death(code: int, cpu: float, limits: Limits) -> Finding:
    """Why a worker ended: by its exit code (below zero: a signal's number) and its seconds of processor time."""
    name = _signal_name(code)
    if not name:
        return NotReturned(ending=Ending.EXIT, detail=str(code))
    if name == "SIGXCPU" or (name == "SIGKILL" and cpu >= limits.total_seconds):
        return LimitHit(quantity=Quantity.TOTAL_CPU, limit=limits.total_seconds)
    if name == "SIGKILL":
        return NotReturned(verdict=Verdict.MEMORY_LIMIT, ending=Ending.OUT_OF_MEMORY)
    return NotReturned(ending=Ending.SIGNAL, detail=name)


def _signal_name(code: int) -> str:
    """Which signal an exit code stands for; nothing for the code of an ordinary exit."""
    if code >= 0:
        return WINDOWS_CRASHES.get(code, "")
    return KILLED.get(-code) or (signal.Signals(-code).name if -code in set(signal.Signals) else str(-code))
