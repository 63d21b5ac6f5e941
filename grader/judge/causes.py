"""Findings grouped by their cause: what went wrong once is said once, with the checks and points that it costs."""

from __future__ import annotations

from collections.abc import Mapping

from ..exercise import Check
from ..model import CheckResult, Finding, Verdict
from ..model.cause import Cause, Why
from ..model.findings import (
    Aspect,
    Banned,
    LimitHit,
    Mismatch,
    NotCalled,
    NotDefined,
    NotReadable,
    NotReturned,
    Phase,
    Raised,
)
from ..submission.endings import ReturnHabit

Key = tuple[object, ...]

NEITHER = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE, Verdict.INTERNAL_ERROR)
HABITS = {
    ReturnHabit.NEVER: Why.NO_RETURN,
    ReturnHabit.PRINTS: Why.PRINTS,
    ReturnHabit.SOMETIMES: Why.SOME_RETURN,
}
UNFINISHED = (Why.UNWRITTEN, Why.NOT_DEFINED)


def causes(checks: tuple[Check, ...], results: list[CheckResult], habits: Mapping[str, str]) -> tuple[Cause, ...]:
    """The causes of all lost points, the costliest first. `habits` says which functions may end without a value.

    Each check that lost points is in exactly one.
    """
    needs = {c.name: c.needs for c in checks}
    groups: dict[tuple[Why, str, Key], list[CheckResult]] = {}
    each = costs(results)
    for result in results:
        if result.score < result.max_score and result.verdict not in NEITHER:
            reason = _of_two(_slug(result), each) or _reason(result, needs[result.name], habits)
            groups.setdefault(reason, []).append(result)
    found = [_cause(why, subject, lost) for (why, subject, _), lost in groups.items()]
    return tuple(sorted(_nothing(found, results), key=lambda c: -c.points))


def done(checks: tuple[Check, ...], results: list[CheckResult]) -> dict[str, float]:
    """The functions and classes of which every check that counts was passed, and the points that these gave."""
    counted = [(c.needs, r) for c, r in zip(checks, results, strict=True) if not r.neutral]
    names = dict.fromkeys(name for needs, _ in counted for name in needs)
    return {
        name: sum(r.score for needs, r in counted if needs[0] == name)
        for name in names
        if all(r.verdict is Verdict.ACCEPTED for needs, r in counted if name in needs)
    }


def _cause(why: Why, subject: str, lost: list[CheckResult]) -> Cause:
    lost = sorted(lost, key=lambda r: r.misconception is None or r.misconception.slug != subject)  # if it is a name
    return Cause(why, tuple(r.name for r in lost), sum(r.max_score - r.score for r in lost), subject)


def _nothing(found: list[Cause], results: list[CheckResult]) -> list[Cause]:
    """All of them as one, where nothing is written yet and no point is won."""
    if any(r.score for r in results) or not any(c.why is Why.UNWRITTEN for c in found):
        return found
    if any(c.why not in UNFINISHED for c in found):
        return found
    names = {name for cause in found for name in cause.checks}
    lost = [r for r in results if r.name in names]
    return [_cause(Why.NOTHING, next(c.subject for c in found if c.why is Why.UNWRITTEN), lost)]


def costs(results: list[CheckResult]) -> dict[str, float]:
    """The misconceptions, or two at once, that checks are named after, with the points that each costs."""
    found: dict[str, float] = {}
    for result in results:
        if result.misconception is not None:
            slug = result.misconception.slug
            found[slug] = found.get(slug, 0.0) + result.max_score - result.score
    return found


def _slug(result: CheckResult) -> str:
    """The misconception, or two at once, that a check is named after, or lost by without having its name."""
    mistakes = result.explanation.mistakes if result.explanation is not None else ()
    return result.misconception.slug if result.misconception is not None else next(iter(mistakes), "")


def _of_two(slug: str, points: Mapping[str, float]) -> tuple[Why, str, Key] | None:
    """Where checks are named after one of two misconceptions, or after both at once: which counts for this one.

    Both are told of as one where the check has both names and not each is told of alone; so is one of them, where both
    cost more than it does alone.
    """
    if "+" in slug:
        return (Why.NAMED, max(_each(slug), key=lambda one: points[one]), ()) if _is_told(slug, points) else None
    pairs = [pair for pair in points if "+" in pair and slug in _each(pair) and not _is_told(pair, points)]
    costly = max(pairs, key=lambda pair: points[pair], default="")
    return (Why.NAMED, costly, ()) if costly and points[costly] > points[slug] else None


def _each(pair: str) -> list[str]:
    return pair.split("+")


def _is_told(pair: str, points: Mapping[str, float]) -> bool:
    """Whether each of two has checks of its own."""
    return all(one in points for one in _each(pair))


def _reason(result: CheckResult, needs: tuple[str, ...], habits: Mapping[str, str]) -> tuple[Why, str, Key]:
    """Why a check was lost, what that is about, and what else has to be the same."""
    if slug := _slug(result):
        return Why.NAMED, slug, ()
    finding = result.findings[0] if result.findings else None
    match finding:
        case Finding(phase=Phase.LOADING) | NotReadable():
            return Why.UNLOADED, "", ()
        case NotDefined(names=names):
            return Why.NOT_DEFINED, ", ".join(names), ()
        case Banned(name=name, line=line):
            return Why.OTHER, "", ("banned", name, line)
        case Raised(kind="NotImplementedError"):
            return Why.UNWRITTEN, _subject(finding, needs), ()
        case Raised(type=kind, lines=lines, said=said):
            where = (lines[-1].file, lines[-1].line) if lines else said
            return Why.RAISED, "" if lines else _subject(finding, needs), (kind, where)
        case LimitHit(verdict=Verdict.TIME_LIMIT) | NotCalled():
            return Why.STUCK, _stuck(finding, needs), ()
        case LimitHit(quantity=quantity):
            return Why.LIMIT, _subject(finding, needs), (quantity,)
        case NotReturned(ending=ending, detail=detail):
            return Why.OTHER, "", (ending, detail)
        case Mismatch(aspect=Aspect.KIND, path=(), actual=None) if habit := habits.get(_subject(finding, needs)):
            return HABITS[ReturnHabit(habit)], _subject(finding, needs), ()
        case Mismatch(aspect=aspect) if finding.asked is not None and finding.asked.arguments is not None:
            return Why.OTHER, _subject(finding, needs), (aspect,)
        case Mismatch(aspect=aspect) if finding.asked is not None and finding.asked.call:
            return Why.OTHER, "", (needs, finding.asked.call.partition(":")[0], aspect)
    return Why.OTHER, "", (result.name,)


def _subject(finding: Finding, needs: tuple[str, ...]) -> str:
    """The function that was called, or what the check calls."""
    if finding.asked is not None and finding.asked.tried:
        return ", ".join(finding.asked.tried)
    called = finding.asked.call if finding.asked is not None else ""
    return called if called and " " not in called else ", ".join(needs)


def _stuck(finding: LimitHit | NotCalled, needs: tuple[str, ...]) -> str:
    return finding.name if isinstance(finding, NotCalled) else _subject(finding, needs).partition(".")[0]
