"""What comes of loading a submission, as its worker reports it. Nothing of that gives points: it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..model import Failure, Finding
from ..model.findings import HELPERS, Ending, LeftOut, LimitHit, NotReturned, Place, Quantity, Rebound
from .failures import MOST_LINE, MOST_NUMBER, reported_finding
from .inside.frames import Body
from .inside.wire import ProtocolError
from .order import Submitted

MOST_LEFT_OUT = 20  # statements
MOST_NAMES = 50  # that one binds
TOO_LONG = LimitHit(quantity=Quantity.LOADING, limit=0)


class LoadedFile(NamedTuple):
    """A submission that was loaded: which of the names it defines, and what was left out."""

    defined: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


class Stuck(Failure):
    """A statement of the submission's that cannot be ended while the file is loaded, or that ends the worker."""

    def __init__(self, left_out: LeftOut):
        super().__init__(left_out.finding, fatal=True)
        self.left_out = left_out


def load_request(submitted: Submitted) -> Body:
    """The question that loads a submission."""
    files = dict(submitted.files)
    message: dict[str, Any] = {"kind": "load", "main": submitted.main, "names": list(submitted.names)}
    message["ours"], message["skipped"] = submitted.ours, [list(place) for place in submitted.skipped]
    message["followed"] = submitted.followed
    if submitted.kit is not None:
        files[f"{HELPERS}kit.py"] = submitted.kit
        message["kit"] = f"{HELPERS}kit.py"
    message["files"] = {name: i for i, name in enumerate(files)}
    return Body(message, [np.frombuffer(data, dtype=np.uint8) for data in files.values()])


def loaded_file(reply: Any, limits: Sequence[Finding]) -> LoadedFile:
    """What a worker answers to that; `limits` are those for which statements were ended. Raises Failure and Stuck."""
    try:
        if isinstance(reply, dict) and "stuck" in reply:
            place, column = _statement(reply["stuck"])
            raise Stuck(LeftOut(place, column, (), [*limits, TOO_LONG][0], cut=True))
        if isinstance(reply, dict) and all(isinstance(reply.get(part), list) for part in ("defined", "left_out")):
            waiting = iter(limits)
            found = tuple(_left_out(entry, waiting) for entry in reply["left_out"][:MOST_LEFT_OUT])
            return LoadedFile(tuple(str(name) for name in reply["defined"]), found)
    except ProtocolError:
        pass
    raise Failure(NotReturned(ending=Ending.NOT_LOADED), fatal=True)


def ended_by(place: Any, failure: Failure) -> Failure:
    """What is to be said where loading ended so, and this statement was the last that began."""
    try:
        return Stuck(LeftOut(*_statement(place), (), failure.finding, cut=True))
    except ProtocolError:
        return failure


def _left_out(entry: Any, limits: Iterator[Finding]) -> LeftOut:
    if not isinstance(entry, dict) or not isinstance(entry.get("names"), list):
        raise ProtocolError("malformed report of a statement")
    place, column = _statement(entry.get("at"))
    names, cut = tuple(str(name)[:100] for name in entry["names"][:MOST_NAMES]), entry.get("cut") is True
    return LeftOut(place, column, names, _why(entry, cut, limits), cut and not entry.get("defines"))


def _why(entry: dict[str, Any], cut: bool, limits: Iterator[Finding]) -> Finding:
    if cut:
        return next(limits, TOO_LONG)
    return Rebound(name=str(entry["rebound"])[:100]) if "rebound" in entry else reported_finding(entry.get("error"))


def _statement(at: Any) -> tuple[Place, int]:
    """Where a statement begins: line, column, text and file, as a worker reports it. Raises ProtocolError."""
    if not isinstance(at, list) or len(at) != 4 or not all(isinstance(n, int) and 0 <= n < MOST_NUMBER for n in at[:2]):
        raise ProtocolError("malformed place of a statement")
    line, column, text, file = at
    return Place(line, str(text)[:MOST_LINE], str(file)[:MOST_LINE]), column
