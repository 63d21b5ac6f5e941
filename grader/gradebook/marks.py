"""From attempts to marks: each attempt's newest sound grading, the late rule, best or last, a person's override."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from .arrivals import Came, WorkKey, all_arrivals
from .due import Dues, free_days
from .late import Due, Lateness, days_late, deducted, rounded
from .records import FILES, LateRule
from .tables import Assignment, Attempt, Grading, Item, Override, Student

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Mark:
    """What one student has for one exercise of an assignment; `None`: nothing counts.

    `points` is what counts. `computed` is the grader's, after the late rule; `earned` is before it. `late` is how late
    the attempt was that counts. `grading` is the number of the grading that counts, `reason` and `author` belong to an
    override. Who is `excused` has no points, unless a person gave them some.
    """

    student: str
    exercise: str
    possible: Decimal
    points: Decimal | None = None
    computed: Decimal | None = None
    earned: Decimal | None = None
    late: Lateness = field(default_factory=Lateness)
    attempts: int = 0
    grading: int | None = None
    internal_error: bool = False
    overridden: bool = False
    excused: bool = False
    reason: str = ""
    author: str = ""

    @property
    def days_late(self) -> int | None:
        """Days begun since it was due; None: not known, no deadline, or nothing handed in."""
        return self.late.days

    @property
    def cost(self) -> Decimal:
        """Points that lateness took off."""
        return (self.earned or Decimal(0)) - (self.computed or Decimal(0))

    @property
    def unknown(self) -> bool:
        """Whether it counts, and nobody knows if it came in time, or how late."""
        return self.grading is not None and not self.excused and self.late.unknown


@dataclass(frozen=True)
class TimesKnown:
    """Of how many graded marks nobody knows if the work came in time; `marked`: of these, late, says the platform.

    `from_files`: how many times are nothing but the files' own dates.
    """

    graded: int
    unknown: int
    marked: int
    from_files: int


def times_known(marks: Iterable[Mark]) -> TimesKnown:
    """Count them."""
    graded = [m for m in marks if m.grading is not None]
    unknown = [m for m in graded if m.unknown]
    from_files = sum(m.late.source == FILES for m in graded)
    return TimesKnown(len(graded), len(unknown), sum(m.late.marked for m in unknown), from_files)


@dataclass(frozen=True)
class _Scored:
    """One arrival of an attempt, with the attempt's newest sound grading, in points of the item.

    `newest` orders by when the gradebook learned of it.
    """

    attempt: int
    newest: int
    grading: Grading
    late: Lateness
    earned: Fraction
    points: Fraction


def marks(session: Session, assignment: Assignment, person: int | None = None) -> list[Mark]:
    """The mark of everybody (or one person) for every exercise, by student's key and the assignment's order."""
    query = participants() if person is None else participants().where(Student.id == person)
    students = session.scalars(query).all()
    dues = Dues(session, assignment)
    due = {student.id: dues.of(student) for student in students}
    scored = _scored(session, assignment, due, person)
    overrides = _overrides(session, assignment, person)
    return [
        _mark(student.key, item, scored.get(at, []), overrides.get(at), due[student.id], assignment.keep)
        for student in students
        for item in assignment.items
        for at in [(student.id, item.id)]
    ]


def _mark(student: str, item: Item, scored: list[_Scored], override: Override | None, due: Due, keep: str) -> Mark:
    best = _counting(scored, keep)
    computed = rounded(best.points) if best else None
    mark = Mark(
        student,
        item.exercise,
        item.points,
        points=None if due.excused else computed,
        computed=computed,
        earned=rounded(best.earned) if best else None,
        late=best.late if best else Lateness(due),
        attempts=len({s.attempt for s in scored}),
        grading=best.grading.id if best else None,
        internal_error=bool(best and best.grading.internal_error),
        excused=due.excused,
    )
    if override is None or override.points is None:
        return mark
    return replace(mark, points=override.points, overridden=True, reason=override.reason, author=override.author)


def _counting(scored: list[_Scored], keep: str) -> _Scored | None:
    """Best: the most points, of equals the earlier. Last: the latest handed in.

    Where one of the times is not known, the later is what the gradebook learned of later.
    """
    if not scored:
        return None
    known = all(s.late.at for s in scored)
    if keep == "last":
        return max(scored, key=lambda s: (s.late.at if known and s.late.at else NEVER, s.newest))
    return max(scored, key=lambda s: (s.points, -s.attempt, -s.newest))


def participants() -> Select[Student]:
    """Everybody who takes part, once, by key."""
    return select(Student).where(Student.merged_into.is_(None), Student.withdrawn.is_(False)).order_by(Student.key)


def _scored(
    session: Session, assignment: Assignment, due: dict[int, Due], one: int | None
) -> dict[tuple[int, int], list[_Scored]]:
    """By person and item."""
    arrivals, free = all_arrivals(session, assignment, one), free_days(session)
    items = {item.id: item for item in assignment.items}
    found = defaultdict(list)
    for work, grading in _newest_gradings(session, assignment, one).items():
        person, item = work[:2]
        if grading.max_score and person in due:
            for came in arrivals[work]:
                late = _lateness(came, due[person], assignment, free.get(came.number, 0))
                found[person, item].append(_in_points(came, grading, late, items[item], assignment))
    return found


def _newest_gradings(session: Session, assignment: Assignment, one: int | None) -> dict[WorkKey, Grading]:
    """For each piece of work (of one person) the newest grading that our own errors did not spoil, if there is one."""
    query = (
        select(Student.person, Attempt, Grading)
        .join(Attempt, Attempt.student_id == Student.id)
        .join(Grading, Grading.attempt_id == Attempt.id)
        .join(Item, Item.id == Attempt.item_id)
        .where(Item.assignment_id == assignment.id, Item.removed.is_(False))
        .order_by(Grading.id)
    )
    rows = session.execute(query if one is None else query.where(Student.person == one))
    newest: dict[WorkKey, Grading] = {}
    for person, attempt, grading in rows:
        work = person, attempt.item_id, attempt.source_id, attempt.label
        if work not in newest or newest[work].internal_error or not grading.internal_error:
            newest[work] = grading
    return newest


def _lateness(came: Came, due: Due, plan: Assignment, free: int) -> Lateness:
    days = days_late(came.at, due.at, timedelta(seconds=plan.grace))
    return Lateness(due, came.at, came.submitted.source, came.submitted.late, days, free)


def _in_points(came: Came, grading: Grading, late: Lateness, item: Item, plan: Assignment) -> _Scored:
    rule = LateRule(timedelta(seconds=plan.grace), plan.percent_per_day, plan.late_cap)
    possible = Fraction(item.points)
    earned = possible * Fraction(grading.score) / Fraction(grading.max_score)
    points = max(earned - deducted((late.days or 0) - late.free, rule, possible), Fraction(0))
    return _Scored(grading.attempt_id, came.news, grading, late, earned, points)


def _overrides(session: Session, assignment: Assignment, one: int | None) -> dict[tuple[int, int], Override]:
    """The newest of each person (or one) and item."""
    query = (
        select(Student.person, Override)
        .join(Override, Override.student_id == Student.id)
        .join(Item, Item.id == Override.item_id)
        .where(Item.assignment_id == assignment.id)
        .order_by(Override.id)
    )
    rows = session.execute(query if one is None else query.where(Student.person == one))
    return {(person, override.item_id): override for person, override in rows}
