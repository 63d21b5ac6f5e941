"""What is said of a cause: one plain sentence, and what to do next."""

from __future__ import annotations

from ..model import CheckResult, Result
from ..model.cause import Cause, Why
from ..model.findings import Aspect, LimitHit, Mismatch, Quantity, Raised
from . import message

HEADLINES = {
    Why.UNLOADED: "Your file could not be loaded, so no check could be run.",
    Why.NOTHING: "Nothing is written yet.",
    Why.UNWRITTEN: "{} is still to be written.",
    Why.NOT_DEFINED: "{} is not defined in your file.",
    Why.NO_RETURN: "{} ends without `return`, so its result is None.",
    Why.PRINTS: "{} prints its result and does not return it.",
    Why.SOME_RETURN: "{} does not return anything in some cases: not every path through it ends with `return`.",
    Why.STUCK: "{} gives no answer in time.",
}
DIFFERENCES = {
    Aspect.KIND: "{} returns another sort of value than it should.",
    Aspect.LENGTH: "{} returns another number of values than it should.",
    Aspect.MISSING: "{} returns a dict in which an entry is missing.",
    Aspect.EXTRA: "{} returns a dict with an entry too many.",
    Aspect.SHAPE: "{} returns a result of the wrong shape.",
    Aspect.DTYPE: "{} should return floating point.",
    Aspect.FINITE: "{} returns NaN or infinity.",
    Aspect.VALUES: "{} returns wrong values.",
    Aspect.CHANGED: "{} changes an argument that it is given.",
    Aspect.RETURNED: "{} should raise an exception here.",
}
SHOWN = (Why.NAMED, Why.RAISED, Why.STUCK, Why.LIMIT, Why.SOME_RETURN, Why.OTHER)  # with the call that went wrong
LIMITS = {
    Quantity.MEMORY: "{} needs too much memory.",
    Quantity.THREADS: "{} starts too many threads.",
    Quantity.FILES: "{} writes too much into files.",
    Quantity.OUTPUT: "{} prints too much.",
}
STEPS = {
    Why.NOTHING: "Start with {}; then submit again.",
    Why.PRINTS: "Replace the last `print(…)` by `return …`.",
    Why.STUCK: "Is there a loop that does not end?",
    Why.NO_RETURN: "End it with `return` and the result.",
}


def headline(cause: Cause, result: Result) -> str:
    """One plain sentence, without values."""
    check = first(cause, result)
    if check.misconception is not None:
        return check.misconception.title
    if cause.why in HEADLINES:
        return HEADLINES[cause.why].format(_code(cause.subject))
    finding = check.findings[0] if check.findings else None
    if isinstance(finding, LimitHit):
        return LIMITS[finding.quantity].format(_code(cause.subject))
    if isinstance(finding, Raised):
        return _raised(finding, cause.subject)
    if isinstance(finding, Mismatch) and cause.subject and finding.aspect in DIFFERENCES:
        return DIFFERENCES[finding.aspect].format(_code(cause.subject))
    return _capital(message.text(finding).partition("\n")[0]) if finding is not None else check.title


def step(cause: Cause, result: Result) -> str:
    """What to do next, if that is known."""
    check = first(cause, result)
    if check.misconception is not None:
        return check.misconception.hint
    return STEPS.get(cause.why, "").format(_code(cause.subject))


def first(cause: Cause, result: Result) -> CheckResult:
    """The first check that it costs."""
    return next(c for c in result.checks if c.name == cause.checks[0])


def _raised(found: Raised, subject: str) -> str:
    where = f"line {found.lines[-1].line}" if found.lines else _code(subject) or "Your code"
    return f"{_capital(where)} raises {found.type}."


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", ")) if names else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
