"""The case that can be run again, of each cause: from its case space, else from the check that was failed first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice, takewhile
from types import ModuleType

from ..checks.diagnose import scopes
from ..checks.log import Entry, Log
from ..checks.subject import Subject
from ..exercise import Check, Exercise
from ..explain.budget import Budget
from ..explain.case import smallest_case
from ..explain.trace import Asking, Scopes
from ..model import CheckResult
from ..model.cause import Cause, Why
from ..model.explanation import Case, Explanation
from ..model.findings import LimitHit, Quantity, Raised
from .causes import causes
from .findings import finding

MOST = 150  # times that a submission is asked again, for all of its cases
MOST_TORCH = 60
FEW, FEW_TORCH = 12, 40  # numbers that a case may show
MOST_TRIED = 12  # wrong answers of one check: each takes new processes
SECONDS = {"numpy": 0.15, "torch": 0.8}  # of processor time, for making all of its cases simpler
NONE = (Why.UNLOADED, Why.NOT_DEFINED)  # causes without a call that could be made


class CaseMaker:
    """Makes the cases of one submission.

    `started` gives a subject for a check; `renew` has the next one begin in a process of its own. `spent` are the
    seconds of processor time that were used so far: after some of its own, nothing is made simpler any more.
    """

    def __init__(
        self,
        exercise: Exercise,
        checks: Mapping[str, Check],
        reference: Scopes,
        started: Callable[[Check], Subject],
        renew: Callable[[], object],
        spent: Callable[[], float] = float,
    ):
        self.exercise, self.checks, self.started, self._renew = exercise, checks, started, renew
        self._spent, self._seconds = spent, SECONDS[exercise.framework]
        self._reference = reference
        self._left = MOST_TORCH if exercise.framework == "torch" else MOST
        self._check = next(iter(checks.values()))

    @cached_property
    def _witnesses(self) -> list[dict[str, ModuleType]]:
        """The other right ways to do it that the exercise knows."""
        return [scopes(self.exercise, path) for path in sorted((self.exercise.folder / "right").glob("*.py"))]

    def during(self, check: Check) -> CaseMaker:
        """The same, for what this check asks."""
        self._check = check
        return self

    def of(self, entries: list[Entry], names: Mapping[int, dict[str, str]] | None = None) -> tuple[Entry, Case] | None:
        """The first wrong answer among these of which a case can be made, and the case."""
        asking = Asking(self._reference, self._witnesses, lambda: self.started(self._check), self._renew)
        asking.left, asking.few = max(self._left, 0), FEW_TORCH if self.exercise.framework == "torch" else FEW
        budget = Budget(self._seconds, self._spent)
        asking.names, asking.tired = dict(names or {}), budget.spent
        wrong = islice(filter(_callable, entries), MOST_TRIED)
        seldom = takewhile(lambda _: budget.left > -SECONDS[self.exercise.framework], wrong)  # where each takes seconds
        made = (smallest_case(self.exercise, asking, entries, entry) for entry in seldom)
        found = next((each for each in made if each is not None), None)
        budget.spent()
        self._left, self._seconds = asking.left, budget.left
        return found

    def others(self, results: Mapping[str, CheckResult], logs: Mapping[str, Log]) -> dict[str, CheckResult]:
        """Results with a case, for causes that have none yet."""
        found: dict[str, CheckResult] = {}
        for cause in causes(tuple(self.checks.values()), list(results.values()), {}):
            lost = [results[name] for name in cause.checks]
            if cause.why not in NONE and not any(r.explanation and r.explanation.case for r in lost):
                found |= self._first(cause, results, logs)
        return found

    def _first(
        self, cause: Cause, results: Mapping[str, CheckResult], logs: Mapping[str, Log]
    ) -> dict[str, CheckResult]:
        for name in (n for n in cause.checks if n in logs):
            if made := self.during(self.checks[name]).of(logs[name].entries, logs[name].names):
                known = results[name].explanation or Explanation()
                if made[0].earlier:
                    known = replace(known, smallest=finding(made[0]))
                return {name: replace(results[name], explanation=replace(known, case=made[1]))}
        return {}


def _callable(entry: Entry) -> bool:
    """Whether an answer is wrong in a way that a call can show."""
    if not entry.failed or entry.failure is None:
        return entry.failed
    finding = entry.failure.finding
    if isinstance(finding, LimitHit):
        return finding.quantity in (Quantity.CALL, Quantity.CPU, Quantity.WALL)
    return isinstance(finding, Raised) or entry.failure.fatal
