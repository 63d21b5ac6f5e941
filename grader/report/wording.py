"""What all renderers say alike beside the messages: signs, names of verdicts, points.

Imports nothing heavy: plain records in, plain text out.
"""

from __future__ import annotations

from ..model import CheckResult, Result, Verdict
from .message import is_all

SIGNS = {Verdict.ACCEPTED: "✓", Verdict.NOT_RUN: "–", Verdict.INCONCLUSIVE: "?", Verdict.INTERNAL_ERROR: "!"}
NEITHER = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE)
LOST = "✗"
NAMES = {
    Verdict.ACCEPTED: "passed",
    Verdict.WRONG_ANSWER: "wrong answer",
    Verdict.RUNTIME_ERROR: "error",
    Verdict.TIME_LIMIT: "time limit",
    Verdict.MEMORY_LIMIT: "memory limit",
    Verdict.INVALID: "time not valid",
    Verdict.OUTPUT_LIMIT: "output limit",
    Verdict.NOT_DEFINED: "not defined",
    Verdict.BANNED_CALL: "call not allowed",
    Verdict.NOT_RUN: "not run",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.INTERNAL_ERROR: "grader's own error",
}
LAYERS = {
    "process": "not isolated from hostile code",
    "not run": "nothing of the file was run",
}


def sign(check: CheckResult) -> str:
    """One character: passed, lost, or neither."""
    return SIGNS[Verdict.NOT_RUN] if missed_bonus(check) else SIGNS.get(check.verdict, LOST)


def missed_bonus(check: CheckResult) -> bool:
    """A bonus that was not won: nothing is lost by it."""
    return bool(check.max_bonus) and check.verdict not in SIGNS


def points(check: CheckResult) -> str:
    """Points won of points to win; those beside the score with a plus; a dash for a check that does not count."""
    if check.max_bonus:
        return f"+{check.bonus:g}"
    undecided = check.neutral and check.verdict in NEITHER
    counts = not (check.not_counted or undecided) and check.verdict is not Verdict.INTERNAL_ERROR
    return f"{check.score:g}/{check.max_score:g}" if counts else "–"


def totals(result: Result) -> list[str]:
    """What stands beside the points: those for time and memory, bonus points, and points in no total."""
    parts = []
    for kind in ("timing", "memory"):
        won, possible = result.points(kind)
        if possible:
            parts.append(f"{won:g} of {possible:g} for {'speed' if kind == 'timing' else kind}")
    if result.bonus:
        parts.append(f"and {result.bonus:g} bonus")
    if undecided := sum(c.max_bonus for c in result.checks if c.verdict in NEITHER):
        parts.append(f"a bonus of {undecided:g} not decided")
    if result.not_counted:
        parts.append(f"{result.not_counted:g} not counted, as nothing was decided")
    return parts


def isolation(result: Result) -> str:
    """What held the submission, in words."""
    return LAYERS.get(result.isolation, f"isolation: {result.isolation}")


def caveat(result: Result) -> str:
    """That nothing held the submission, where that is so."""
    return LAYERS["process"] if result.isolation == "process" else ""


def all_lost_to_error(result: Result) -> bool:
    """The file did not load, and that is all there is to say about each check."""
    return bool(result.checks) and all(is_all(c, result.unloaded) for c in result.checks)
