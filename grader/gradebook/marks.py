"""From attempts to marks: each attempt's newest sound grading, the late rule, best or last, a person's override."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from .late import days_late, deducted, rounded
from .records import LateRule
from .tables import Assignment, Attempt, Grading, Item, Override, Student

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Mark:
    """What one student has for one exercise of an assignment; `None`: nothing counts.

    `points` is what counts. `computed` is the grader's, after the late rule; `earned` is before it. `grading` is the
    number of the grading that counts, `reason` and `author` belong to an override.
    """

    student: str
    exercise: str
    possible: Decimal
    points: Decimal | None = None
    computed: Decimal | None = None
    earned: Decimal | None = None
    days_late: int = 0
    attempts: int = 0
    grading: int | None = None
    internal_error: bool = False
    overridden: bool = False
    reason: str = ""
    author: str = ""


@dataclass(frozen=True)
class _Scored:
    """An attempt with its newest sound grading, in points of the item."""

    attempt: int
    submitted_at: datetime | None
    grading: Grading
    days: int
    earned: Fraction
    points: Fraction


def marks(session: Session, assignment: Assignment) -> list[Mark]:
    """The mark of everybody who takes part for every exercise, by student's key and the assignment's order."""
    there = select(Student).where(Student.merged_into.is_(None), Student.withdrawn.is_(False))
    students = session.scalars(there.order_by(Student.key)).all()
    scored = _scored(session, assignment)
    overrides = _overrides(session, assignment)
    return [
        _mark(student, item, scored.get((student.id, item.id), []), overrides.get((student.id, item.id)), assignment)
        for student in students
        for item in assignment.items
    ]


def _mark(student: Student, item: Item, scored: list[_Scored], override: Override | None, plan: Assignment) -> Mark:
    best = _counting(scored, plan.keep)
    computed = rounded(best.points) if best else None
    overridden = override is not None and override.points is not None
    return Mark(
        student.key,
        item.exercise,
        item.points,
        points=override.points if override is not None and overridden else computed,
        computed=computed,
        earned=rounded(best.earned) if best else None,
        days_late=best.days if best else 0,
        attempts=len(scored),
        grading=best.grading.id if best else None,
        internal_error=bool(best and best.grading.internal_error),
        overridden=overridden,
        reason=override.reason if override and overridden else "",
        author=override.author if override and overridden else "",
    )


def _counting(scored: list[_Scored], keep: str) -> _Scored | None:
    """Best: the most points, of equals the earlier. Last: the latest handed in, of equals the later recorded."""
    if not scored:
        return None
    if keep == "last":
        return max(scored, key=lambda s: (s.submitted_at or NEVER, s.attempt))
    return max(scored, key=lambda s: (s.points, -s.attempt))


def _scored(session: Session, assignment: Assignment) -> dict[tuple[int, int], list[_Scored]]:
    """By person and item. The same work of one person, entered twice as two students', is one attempt."""
    rows = session.execute(
        select(Student.person, Attempt, Grading)
        .join(Attempt, Attempt.student_id == Student.id)
        .join(Grading, Grading.attempt_id == Attempt.id)
        .join(Item, Item.id == Attempt.item_id)
        .where(Item.assignment_id == assignment.id)
        .order_by(Grading.id)
    )
    newest: dict[tuple[int, int, int, str], tuple[Attempt, Grading]] = {}
    first: dict[tuple[int, int, int, str], datetime] = {}
    for person, attempt, grading in rows:
        work = person, attempt.item_id, attempt.source_id, attempt.label
        if work not in newest or newest[work][1].internal_error or not grading.internal_error:
            newest[work] = attempt, grading
        if attempt.submitted_at is not None:
            first[work] = min(attempt.submitted_at, first.get(work, attempt.submitted_at))
    found = defaultdict(list)
    items = {item.id: item for item in assignment.items}
    for work, (attempt, grading) in newest.items():
        if grading.max_score:
            scored = _in_points(attempt.id, first.get(work), grading, items[attempt.item_id], assignment)
            found[work[0], attempt.item_id].append(scored)
    return found


def _in_points(attempt: int, submitted: datetime | None, grading: Grading, item: Item, plan: Assignment) -> _Scored:
    rule = LateRule(timedelta(seconds=plan.grace), plan.percent_per_day, plan.late_cap)
    possible = Fraction(item.points)
    earned = possible * Fraction(grading.score) / Fraction(grading.max_score)
    days = days_late(submitted, plan.deadline, rule.grace)
    points = max(earned - deducted(days, rule, possible), Fraction(0))
    return _Scored(attempt, submitted, grading, days, earned, points)


def _overrides(session: Session, assignment: Assignment) -> dict[tuple[int, int], Override]:
    """The newest of each person and item."""
    rows = session.execute(
        select(Student.person, Override)
        .join(Override, Override.student_id == Student.id)
        .join(Item, Item.id == Override.item_id)
        .where(Item.assignment_id == assignment.id)
        .order_by(Override.id)
    )
    return {(person, override.item_id): override for person, override in rows}
