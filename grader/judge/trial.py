"""One file's way through the checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ..checks.backend import Backend
from ..checks.log import Log
from ..exercise import Check
from ..model import CheckResult
from ..sandbox.launch import Sandbox
from ..sandbox.order import Submitted
from .means import Decided

Timed = Callable[[], tuple[Sandbox, Submitted, bool]]  # what a timing check makes workers of its own with


@dataclass
class Trial:
    """What answers for a file, and what came of it, by the checks' names."""

    backend: Callable[[Check], Backend]
    seed: int
    timed: Timed | None = None
    results: dict[str, CheckResult] = field(default_factory=dict)
    logs: dict[str, Log] = field(default_factory=dict)  # of what was asked and answered
    timeouts: Counter[str] = field(default_factory=Counter)  # of its functions and classes
    broken: dict[str, str] = field(default_factory=dict)  # checks that raised, and what
    decided: Decided | None = None  # is told of each result

    def haste(self, check: Check) -> int:
        """Whether others of the submission's functions were waited for in vain, and how often what the check needs."""
        often = max((self.timeouts[name] for name in check.needs), default=0)
        return often + 1 if often else int(bool(self.timeouts))
