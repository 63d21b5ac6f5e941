"""What went wrong in a worker, as a finding."""

from __future__ import annotations

import os
import signal
from typing import Any

from ..model import Failure, Finding, Limits, Verdict
from ..model.findings import Banned, Ending, LimitHit, NotDefined, NotReturned, Place, Quantity, Raised
from .inside.wire import ProtocolError

MOST_TEXT = 5000  # characters of what an exception says
MOST_LINE = 300
MOST_LINES = 4
MOST_NUMBER = 1 << 31  # of a line
KNOWN = {
    verdict.value: verdict
    for verdict in (Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.NOT_DEFINED, Verdict.BANNED_CALL)
}


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


def cause_of_death(status: int, cpu: float, limits: Limits) -> Finding:
    """Why a worker ended: by its wait status and its seconds of processor time."""
    if not os.WIFSIGNALED(status):
        return NotReturned(ending=Ending.EXIT, detail=str(os.WEXITSTATUS(status)))
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu >= limits.total_seconds):
        return LimitHit(quantity=Quantity.TOTAL_CPU, limit=limits.total_seconds)
    if number == signal.SIGKILL:
        return NotReturned(verdict=Verdict.MEMORY_LIMIT, ending=Ending.OUT_OF_MEMORY)
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    return NotReturned(ending=Ending.SIGNAL, detail=name)
