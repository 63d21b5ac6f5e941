"""The results of checks that were not, or not only, decided by comparing answers."""

from __future__ import annotations

from ..clean import clean
from ..exercise import Check
from ..model import CheckResult, Verdict


def passed(result: CheckResult) -> bool:
    """Whether the check was passed."""
    return result.verdict is Verdict.ACCEPTED


def lost(check: Check, verdict: Verdict, message: str) -> CheckResult:
    """Lost for this reason, before anything was compared."""
    text = clean(message)
    return CheckResult(
        check.name, check.title, verdict, 0.0, check.points, text, kind=check.kind, max_bonus=check.bonus
    )


def not_asked(check: Check, name: str, times: int) -> CheckResult:
    """Lost because a function did not come back before: waiting for each of its calls would take minutes."""
    text = f"`{name}` gave no answer in {times} checks, so it is not called again. An endless loop?"
    return lost(check, Verdict.TIME_LIMIT, text)


def stumbled(check: Check, text: str) -> CheckResult:
    """Lost because the check, which comes to its end with right answers, could not go on with these."""
    return lost(check, Verdict.WRONG_ANSWER, f"the check cannot go on with these answers ({text})")


def internal_error(check: Check, text: str) -> CheckResult:
    """Our fault: the check is taken out of the total, so that it costs no points."""
    message = f"The grader itself failed here; this check does not count. Please report it.\n{text}"
    return lost(check, Verdict.INTERNAL_ERROR, message).left_out()


def no_result(check: Check) -> CheckResult:
    """Our fault, too: the check did not come to an end."""
    return lost(check, Verdict.INTERNAL_ERROR, "The check gave no result. Please report it.").left_out()


def not_run(check: Check, why: str) -> CheckResult:
    """Neither won nor lost: the check's points are taken out of the total."""
    return lost(check, Verdict.NOT_RUN, why).left_out()
