"""Item analysis of a class: distributions, pass rates, difficulty, discrimination, misconceptions.

Difficulty and discrimination are those of classical test theory: the mean share of a check's points, and the
correlation between it and the share of all the other points (corrected point-biserial).
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..model import CheckResult, Result, Verdict
from .model import (
    CauseCount,
    CheckStats,
    ClassMember,
    Classroom,
    ClassStats,
    ExerciseMark,
    ExerciseStats,
    Found,
    SectionStats,
    Spread,
    Times,
)

BINS = 11  # tenths, and full marks
LEAST = 10  # fewer submissions say nothing about discrimination
NEITHER = (Verdict.NOT_RUN, Verdict.INCONCLUSIVE, Verdict.INTERNAL_ERROR)  # no judgement about the student


def analyse(classroom: Classroom) -> ClassStats:
    """Everything that the report shows in numbers."""
    spread = spread_of(p.share for p in classroom.people)
    exercises = [_exercise(classroom, i) for i in range(len(classroom.titles))]
    return ClassStats(spread, exercises, _sections(classroom))


def _sections(classroom: Classroom) -> list[SectionStats]:
    """Each by itself, where there are several; who is in none is apart."""
    groups: dict[str, list[ClassMember]] = defaultdict(list)
    for person in classroom.people:
        groups[person.section].append(person)
    names = sorted(groups, key=natural) if len(groups) > 1 else []
    return [_section(name, groups[name]) for name in names]


def natural(name: str) -> list[tuple[int, str]]:
    """What names of sections are sorted by, numbers in them as numbers: `Group 2` comes before `Group 10`."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", name) if part]


def _section(name: str, people: Sequence[ClassMember]) -> SectionStats:
    shares: dict[str, list[float | None]] = defaultdict(list)
    for entry in (e for p in people for e in p.entries):
        shares[entry.exercise].append(entry.share)
    means = {exercise: spread_of(own).mean for exercise, own in shares.items()}
    return SectionStats(name, len(people), spread_of(p.share for p in people), means)


def _exercise(classroom: Classroom, position: int) -> ExerciseStats:
    entries = [p.entries[position] for p in classroom.people]
    slug, title = list(classroom.titles.items())[position]
    results = [e.result for e in entries if e.result is not None]
    return ExerciseStats(
        slug=slug,
        title=title,
        possible=entries[0].possible if entries else Decimal(0),
        spread=spread_of(e.share for e in entries),
        checks=checks_of(results),
        found=found_in(entries),
        times=times_of(results),
        missing=sum(e.points is None and not e.excused for e in entries),
        causes=causes_in(entries),
        editions=dict(Counter(e.edition for e in entries if e.edition).most_common()),
    )


def spread_of(shares: Iterable[float | None]) -> Spread:
    """The distribution of those that there are."""
    there = [s for s in shares if s is not None]
    bins = [0] * BINS
    for share in there:
        bins[min(max(int(share * 10 + 1e-9), 0), BINS - 1)] += 1
    return Spread(
        bins,
        statistics.fmean(there) if there else None,
        statistics.median(there) if there else None,
    )


def times_of(results: Sequence[Result]) -> Times | None:
    """Of gradings that ran."""
    seconds = sorted(r.seconds for r in results if r.seconds > 0)
    if not seconds:
        return None
    return Times(statistics.median(seconds), seconds[-(-9 * len(seconds) // 10) - 1], seconds[-1])


# ---------------------------------------------------------------- checks


def checks_of(results: Sequence[Result]) -> list[CheckStats]:
    """In the exercise's order. Checks without a judgement are left out of every number."""
    rows: dict[str, list[tuple[CheckResult, Result]]] = defaultdict(list)
    for result in results:
        for check in result.checks:
            rows[check.name].append((check, result))
    return [_check(name, own) for name, own in rows.items()]


def _check(name: str, rows: list[tuple[CheckResult, Result]]) -> CheckStats:
    judged = [(check, result) for check, result in rows if check.verdict not in NEITHER]
    scored = [(check, result) for check, result in judged if check.max_score > 0]
    shares = [check.score / check.max_score for check, _ in scored]
    rest = [_rest(check, result) for check, result in scored]
    return CheckStats(
        name=name,
        title=rows[-1][0].title,
        passed=sum(check.verdict is Verdict.ACCEPTED for check, _ in judged),
        counted=len(judged),
        facility=statistics.fmean(shares) if shares else None,
        discrimination=correlation(shares, rest),
    )


def _rest(check: CheckResult, result: Result) -> float:
    """The share of all other points: a check must not be compared with itself."""
    others = [c for c in result.checks if c is not check and c.verdict not in NEITHER]
    possible = sum(c.max_score for c in others)
    return sum(c.score for c in others) / possible if possible else 0.0


def correlation(a: Sequence[float], b: Sequence[float]) -> float | None:
    """Pearson's; None for too few, or where one of the two does not vary."""
    if len(a) < LEAST or min(a) == max(a) or min(b) == max(b):
        return None
    return statistics.correlation(a, b)


# ---------------------------------------------------------------- misconceptions


def found_in(entries: Sequence[ExerciseMark]) -> list[Found]:
    """Each misconception with the number of students who have it, those of most students first."""
    seen: dict[str, list[tuple[CheckResult, ExerciseMark]]] = defaultdict(list)
    for entry in entries:
        for check in entry.result.checks if entry.result else []:
            if check.misconception is not None:
                seen[check.misconception.slug].append((check, entry))
    return sorted(map(_found, seen.values()), key=lambda f: (-f.students, f.slug))


def _found(rows: list[tuple[CheckResult, ExerciseMark]]) -> Found:
    first, entry = rows[0]
    assert first.misconception is not None
    return Found(
        slug=first.misconception.slug,
        title=first.misconception.title,
        hint=first.misconception.hint,
        students=len({id(e) for _, e in rows}),
        checks=list(dict.fromkeys(check.title for check, _ in rows)),
        grading=entry.grading,
    )


def causes_in(entries: Sequence[ExerciseMark]) -> list[CauseCount]:
    """What cost points, by kind, each student once for each; what most have first."""
    titles: dict[str, str] = {}
    cost: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for number, entry in enumerate(entries):
        for kind, cause in zip(entry.kinds, entry.result.causes if entry.result else (), strict=False):
            titles.setdefault(kind.key, kind.title)
            cost[kind.key][number] += cause.points
    found = [CauseCount(key, titles[key], len(own), sum(own.values())) for key, own in cost.items()]
    return sorted(found, key=lambda c: (-c.students, -c.points, c.key))
