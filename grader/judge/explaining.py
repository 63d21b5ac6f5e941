"""What asking on tells of a failed case space, as part of the check's result."""

from __future__ import annotations

from ..checks.cases import Cases
from ..checks.draw import Draw
from ..checks.log import Log
from ..exercise import Exercise
from ..explain.search import MOST_CASES, MOST_CASES_TORCH, NewSubject, Search
from ..model import CheckResult
from ..model.explanation import Explanation
from ..model.findings import Mismatch, Raised
from .cases import CaseMaker
from .findings import finding

UNFINISHED = "NotImplementedError"


def explainable(result: CheckResult) -> bool:
    """Whether more cases can tell more: there are wrong answers or exceptions, and something is written."""
    return any(isinstance(f, Mismatch) or (isinstance(f, Raised) and f.kind != UNFINISHED) for f in result.findings)


def searched(exercise: Exercise, space: Cases, started: NewSubject, draw: Draw) -> Search:
    """What asks on; fewer cases where one costs more."""
    return Search(space, started, draw, MOST_CASES_TORCH if exercise.framework == "torch" else MOST_CASES)


def explanation(search: Search, log: Log, cases: CaseMaker) -> Explanation:
    """The smallest wrong case, the rule, and the case as one to be run, as far as they are found."""
    rule = search.rule(log)
    smallest = search.smallest(log)
    if smallest is not None and smallest.case is not None and (made := cases.of(search.trace(smallest.case))):
        return Explanation(finding(made[0]), rule, made[1])
    return Explanation(finding(smallest) if smallest is not None else None, rule)
