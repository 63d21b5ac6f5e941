"""The results of checks that were not, or not only, decided by comparing answers."""

from __future__ import annotations

from ..exercise import Check
from ..model import CheckResult, Finding, Overlay, Verdict
from ..model.findings import Fault, NotCalled, Stumbled


def passed(result: CheckResult) -> bool:
    """Whether the check was passed."""
    return result.verdict is Verdict.ACCEPTED


def judged(check: Check, found: Finding | None, seconds: float, picture: Overlay | None) -> CheckResult:
    """Decided by comparing answers: passed, or lost for what was found."""
    score = check.points if found is None else 0.0
    verdict = Verdict.ACCEPTED if found is None else found.verdict
    why = () if found is None else (found,)
    return CheckResult(check.name, check.title, verdict, score, check.points, why, seconds=seconds, overlay=picture)


def lost(check: Check, finding: Finding) -> CheckResult:
    """Lost for this reason, before anything was compared."""
    return CheckResult(
        check.name, check.title, finding.verdict, 0.0, check.points, (finding,), kind=check.kind, max_bonus=check.bonus
    )


def not_asked(check: Check, name: str, times: int) -> CheckResult:
    """Lost because a function did not come back before: waiting for each of its calls would take minutes."""
    return lost(check, NotCalled(name=name, times=times))


def stumbled(check: Check, error: str) -> CheckResult:
    """Lost because the check, which comes to its end with right answers, could not go on with these."""
    return lost(check, Stumbled(error=error))


def fault(check: Check, trace: str = "") -> CheckResult:
    """Our fault: the check is taken out of the total, so that it costs no points."""
    return lost(check, Fault(trace=trace)).left_out()


def not_run(check: Check, why: Finding) -> CheckResult:
    """Neither won nor lost: the check's points are taken out of the total."""
    return lost(check, why).left_out()
