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
from .findings import finding

UNFINISHED = "NotImplementedError"


def explainable(result: CheckResult) -> bool:
    """Whether more cases can tell more: there are wrong answers or exceptions, and something is written."""
    return any(isinstance(f, Mismatch) or (isinstance(f, Raised) and f.kind != UNFINISHED) for f in result.findings)


def searched(exercise: Exercise, space: Cases, started: NewSubject, draw: Draw) -> Search:
    """What asks on; fewer cases where one costs more."""
    return Search(space, started, draw, MOST_CASES_TORCH if exercise.framework == "torch" else MOST_CASES)


def explanation(search: Search, log: Log) -> Explanation:
    """The smallest wrong case, and the rule, as far as they are found."""
    rule = search.rule(log)
    smallest = search.smallest(log)
    return Explanation(finding(smallest) if smallest is not None else None, rule)
