"""How far a grading is, told from its process to whoever waits for it: a file that grows by a byte with each check."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from ..model import CheckResult, Verdict
from .prepare import WorkUnit
from .work import GradingOptions, Outcome, grade_unit


class DecidedChecks:
    """Counts the checks that are decided. Made where somebody waits; `path` is what the other process is given."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="grade-decided-")
        os.close(handle)
        self.path = Path(name)

    @property
    def count(self) -> int:
        """So many; 0 after the end."""
        with contextlib.suppress(OSError):
            return self.path.stat().st_size
        return 0

    def close(self) -> None:
        """Nobody waits any more."""
        self.path.unlink(missing_ok=True)


def grade_followed(unit: WorkUnit, options: GradingOptions, followed: Path) -> Outcome:
    """As `grade_unit`; tells of each check that is run at the `path` of a DecidedChecks, and goes on if it cannot."""

    def decided(check: CheckResult) -> None:
        if check.verdict is not Verdict.NOT_RUN:
            with contextlib.suppress(OSError), followed.open("ab") as file:
                file.write(b".")

    return grade_unit(unit, options, decided)
