"""A result cut down to what its reader is to be told. What is hidden is not in it, so no format can show it.

What keeps a file from being loaded, and notes on it, are always told: no hidden input has been asked by then.
"""

from __future__ import annotations

from dataclasses import replace

from ..model import CheckResult, Result, Verdict
from ..model.cause import Cause, Why
from ..model.feedback import Feedback
from . import causes


def limited(result: Result, level: Feedback) -> Result:
    """The result for a reader at this level."""
    if level is Feedback.LINE or result.unloaded is not None:
        return result
    if level is Feedback.CASE:
        return replace(result, causes=tuple(replace(c, lines=False) for c in result.causes))
    return replace(
        result,
        checks=[_check(check, level) for check in result.checks],
        causes=tuple(_cause(cause, result, level) for cause in result.causes),
        stdout="",  # it may hold what the checks ask
    )


def without_unrun_bonuses(result: Result) -> Result:
    """The result for a student whose bonuses were not measured: nothing is lost by that, and nothing is to be done."""
    checks = [c for c in result.checks if not (c.max_bonus and c.verdict is Verdict.NOT_RUN)]
    return replace(result, checks=checks)


def _check(check: CheckResult, level: Feedback) -> CheckResult:
    named = check.misconception if level.tells(Feedback.NAME) else None
    return replace(check, findings=(), misconception=named, overlay=None, measurement=None, explanation=None)


def _cause(cause: Cause, result: Result, level: Feedback) -> Cause:
    """The cause in words alone."""
    told = level.tells(Feedback.NAME)
    return Cause(
        Why.TOLD,
        cause.checks,
        cause.points,
        causes.headline(cause, result) if told else "",
        causes.step(cause, result) if told else "",
        lines=False,
    )
