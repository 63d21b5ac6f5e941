"""One check on its way: what it asks and times with, and the verdict on what was answered."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..checks.log import Entry, Log
from ..checks.subject import Subject
from ..exercise import Check
from ..model import CheckResult, Overlay
from .findings import finding, unusable
from .overlay import overlay
from .results import judged

if TYPE_CHECKING:
    from ..timing.fixture import Timing


@dataclass
class RunningCheck:
    """A check that is asked; with `overlaid`, what is wrong gets a picture of the answer over its input."""

    overlaid: bool = False
    subject: Subject | None = None
    timing: Timing | None = None
    took: float | None = None  # seconds, once all is answered
    _started: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        """Until all was answered, or until now."""
        return time.perf_counter() - self._started if self.took is None else self.took

    @property
    def log(self) -> Log:
        """What was asked and answered."""
        assert self.subject is not None, "a check must use the `submission` fixture"
        return self.subject.log

    def judged(self, check: Check) -> CheckResult:
        """The verdict on what was answered, or on what was timed."""
        if self.timing is not None:
            return self.timing.result(check, self.seconds)
        assert self.log.entries, "a check must ask the submission something"
        failed = self.log.first_failure
        return judged(check, finding(failed) if failed else None, self.seconds, self._overlay())

    def stumbled_over(self, entry: Entry, check: Check) -> CheckResult:
        """The verdict where the check could not work with this answer."""
        return judged(check, unusable(entry), self.seconds, self._overlay())

    def _overlay(self) -> Overlay | None:
        return overlay(self.log) if self.overlaid else None
