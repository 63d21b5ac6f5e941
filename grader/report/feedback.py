"""One check and one result as plain text, for platforms that show text and have their own frame around it."""

from __future__ import annotations

from ..clean import clean
from ..model import CheckResult, Result
from .message import call, explanation, unloaded


def feedback(check: CheckResult) -> str:
    """What the student reads about a check: the call, what was wrong, and the misconception if one is known."""
    parts = [call(check), explanation(check)]
    if check.misconception is not None:
        parts.append(f"{check.misconception.title}. {check.misconception.hint}")
    return clean("\n".join(part for part in parts if part))


def overview(results: list[Result]) -> str:
    """What concerns all checks: errors while loading, notes, and what the submission printed."""
    parts: list[str] = []
    for result in results:
        parts += [unloaded(result), *result.notes]
        if result.internal_error:
            parts.append("The grader itself failed in some checks; they do not count. Please ask for a regrade.")
        if result.stdout.strip():
            parts.append(f"Printed by your code:\n{result.stdout}")
    return "\n".join(clean(part, 10_000) for part in parts if part)


def named(results: list[Result]) -> list[tuple[str, Result, CheckResult]]:
    """Every check with a name that is its own: the exercise is part of it where there are several."""
    several = len({result.exercise for result in results}) > 1
    return [(f"{r.exercise}: {c.title}" if several else c.title, r, c) for r in results for c in r.checks]
