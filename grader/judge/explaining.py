"""What asking on tells of a failed case space, as part of the check's result."""

from __future__ import annotations

from ..checks.log import Log
from ..explain.relations import Reference
from ..explain.search import Search
from ..model import CheckResult
from ..model.explanation import Explanation
from ..model.findings import Mismatch, Raised
from .cases import CaseMaker
from .findings import finding

UNFINISHED = "NotImplementedError"
SECONDS = {"numpy": 0.3, "torch": 1.6}  # of processor time, for all that a submission failed
THOROUGH = 3.0  # the same, where lines are searched for too


def explainable(result: CheckResult) -> bool:
    """Whether more cases can tell more: there are wrong answers or exceptions, and something is written."""
    return any(isinstance(f, Mismatch) or (isinstance(f, Raised) and f.kind != UNFINISHED) for f in result.findings)


def explanation(search: Search, log: Log, reference: Reference, cases: CaseMaker) -> Explanation:
    """The smallest wrong case, the rule, what the answers are, and the case to be run, as far as they are found."""
    smallest = search.smallest(log)
    rule = search.rule(log)
    relation = search.relation(log, reference)
    if smallest is not None and smallest.case is not None and (made := cases.of(search.trace(smallest.case))):
        return Explanation(finding(made[0]), rule, relation, case=made[1])
    return Explanation(finding(smallest) if smallest is not None else None, rule, relation)
