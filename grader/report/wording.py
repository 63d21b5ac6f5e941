"""What all renderers say alike: signs, names of verdicts, a check's message in a few words.

Imports nothing heavy: plain records in, plain text out.
"""

from __future__ import annotations

from ..model import CheckResult, Evidence, Misconception, Result, Verdict

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
MAX_CALL = 2000  # characters
VALUES = "expected "  # begins the lines with the values in full
NUMBERS = ("shape: expected ", "first at ", "largest error: ")  # lines that are said better from the evidence


def sign(check: CheckResult) -> str:
    """One character: passed, lost, or neither."""
    missed_bonus = check.max_bonus and check.verdict in (Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT)
    return SIGNS[Verdict.NOT_RUN] if missed_bonus else SIGNS.get(check.verdict, LOST)


def points(check: CheckResult) -> str:
    """Points won of points to win; those beside the score with a plus; a dash for a check that does not count."""
    if check.max_bonus:
        return f"+{check.bonus:g}"
    counts = not check.not_counted and check.verdict is not Verdict.INTERNAL_ERROR
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


def call(check: CheckResult) -> str:
    """The call that went wrong, or nothing."""
    return check.evidence.call if check.evidence is not None else ""


def explanation(check: CheckResult) -> str:
    """The message without the call; numbers as one sentence, then small values in full."""
    return "\n".join(part for part in (sentence(check), values(check)) if part)


def sentence(check: CheckResult) -> str:
    """What went wrong with the call, without the values in full."""
    text = _parts(check)[0]
    found = check.evidence
    if found is None or found.expected_shape is None:
        return text
    lines = [line for line in text.split("\n") if not line.startswith(NUMBERS)]
    text = " ".join(["\n".join(lines), first_difference(found)]).strip()
    return f"T{text[1:]}" if text.startswith("the ") else text


def values(check: CheckResult) -> str:
    """The small values in full, expected and actual, laid out in lines of one width; or nothing."""
    return _parts(check)[1]


def _parts(check: CheckResult) -> tuple[str, str]:
    """The message after the call: what went wrong, and the values in full."""
    text = check.message.removeprefix(call(check)).removeprefix("\n")
    if check.evidence is None or check.evidence.whole_expected is None:
        return text, ""
    before, line, after = text.partition(f"\n{VALUES}")
    return before, f"{line}{after}".removeprefix("\n")


def first_difference(found: Evidence) -> str:
    """Where the first difference is and how large the largest one, or nothing."""
    if found.index is None or found.expected_value is None or found.actual_value is None:
        return ""
    at = f"First at {found.index}: e" if found.index else "E"
    text = f"{at}xpected {number(found.expected_value)}, got {number(found.actual_value)}"
    return f"{text}{_largest(found)}."


def _largest(found: Evidence) -> str:
    """Worth saying of several values, and where no NaN or infinity is worse than any error."""
    lone = found.expected_shape in ([], [1])
    finite = all(isinstance(v, (int, float)) for v in (found.actual_value, found.max_error))
    return f"; largest error {found.max_error:.6g}" if finite and not lone else ""


def number(value: float | str) -> str:
    """A value of the evidence: `nan` and the infinities are strings there."""
    return value if isinstance(value, str) else f"{value:.8g}"


def findings(result: Result) -> list[tuple[Misconception, list[int]]]:
    """Each misconception with the numbers (from 1) of the checks that it explains, in order of appearance."""
    found: dict[str, tuple[Misconception, list[int]]] = {}
    for position, check in enumerate(result.checks, 1):
        if check.misconception is not None:
            found.setdefault(check.misconception.slug, (check.misconception, []))[1].append(position)
    return list(found.values())


def all_lost_to_error(result: Result) -> bool:
    """The file did not load, and that is all there is to say about each check."""
    return bool(result.error and result.checks) and all(result.error in c.message for c in result.checks)
