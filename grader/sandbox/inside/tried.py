"""Tries of a submission's code, in the process that runs it: other definitions, and which lines run."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

from .places import shown


def define(names: dict[str, Any], source: str) -> None:
    """Run definitions among a module's names, in the place of those that it has."""
    exec(compile(source, "<edited>", "exec", dont_inherit=True), names)


class LinesRun:
    """Which lines of the files in a folder have run since it was asked last."""

    def __init__(self, folder: str):
        self.folder = folder
        self._ran: set[tuple[str, int]] = set()

    def taken(self, on: bool) -> list[list[Any]]:
        """These lines as [file, line]; afterwards more are noted, or none."""
        found = sorted(self._ran)
        self._ran = set()
        sys.settrace(self._called if on else None)
        return [[shown(file, self.folder), line] for file, line in found]

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._noted if frame.f_code.co_filename.startswith(self.folder) else None

    def _noted(self, frame: FrameType, event: str, argument: object) -> Any:
        self._ran.add((frame.f_code.co_filename, frame.f_lineno))
        return self._noted
