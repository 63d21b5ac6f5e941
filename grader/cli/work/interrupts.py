"""Signals that end a command by an exception: noted, because Python loses one that is raised amid a collection."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Kind = type[KeyboardInterrupt]


class Terminated(KeyboardInterrupt):
    """The command was asked to end by SIGTERM, as SLURM and service managers do."""


@contextmanager
def noted(kinds: Mapping[int, Kind], seen: list[Kind]) -> Iterator[None]:
    """These signals raise these exceptions, and add them to `seen`: what is raised amid the end of an object is lost.

    That Python says so is left out. SIGTERM is heard once.
    """
    usual = sys.unraisablehook

    def stop(number: int, _: object) -> None:
        if number == signal.SIGTERM:
            signal.signal(number, signal.SIG_IGN)
        seen.append(kinds[number])
        raise kinds[number]

    def lost(what: Any) -> None:
        if not isinstance(what.exc_value, KeyboardInterrupt):
            usual(what)

    before = {number: signal.signal(number, stop) for number in kinds}
    sys.unraisablehook = lost
    try:
        yield
    finally:
        sys.unraisablehook = usual
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
