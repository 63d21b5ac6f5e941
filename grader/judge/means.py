"""What whoever grades may ask for besides; apart from what does it, which few submissions need imported."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import CheckResult, Result

if TYPE_CHECKING:
    from ..explain.lines import LineSearch

Decided = Callable[[CheckResult], object]  # is told of each check's result, before it is named or explained


class Interrupted(KeyboardInterrupt):
    """Whoever grades has interrupted it; `result` is what was known by then."""

    def __init__(self, result: Result):
        super().__init__()
        self.result = result


@dataclass(frozen=True)
class Explaining:
    """How what was failed is explained.

    `renew` has the next question go to a process in which nothing was asked before; `lines` looks for the lines that
    are wrong, if they are to be looked for. Not more than a `share` of the processor time that grading took is used.
    """

    renew: Callable[[], object] = bool
    lines: LineSearch | None = None
    share: float = math.inf
