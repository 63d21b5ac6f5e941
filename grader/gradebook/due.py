"""When each student's work is due, with extensions; and the days that their late days pay for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..model.feedback import Feedback
from .arrivals import Came, all_arrivals
from .late import Due, days_late
from .tables import Assignment, CourseRules, Extension, Student

EVER = datetime.max.replace(tzinfo=UTC)


class Dues:
    """An assignment's deadline for each student: of the extensions that concern them, the most generous."""

    def __init__(self, session: Session, assignment: Assignment):
        self.assignment = assignment
        self._newest = newest(session, assignment)

    def of(self, student: Student) -> Due:
        """For one student."""
        scopes = [(student.id, ""), (None, student.section), (None, "")]
        found = [self._newest[s] for s in dict.fromkeys(scopes) if s in self._newest]
        given = [g for e in found if (g := self._given(e))]
        plain = Due(self.assignment.deadline)
        return max([plain, *given], key=lambda due: (due.excused, due.at or EVER, not due.extended))

    def _given(self, extension: Extension) -> Due | None:
        """What an extension gives; None if it gives nothing, or has been overtaken by a later deadline for all."""
        plan = self.assignment
        why = Due(plan.deadline, excused=extension.excused, reason=extension.reason, author=extension.author)
        if extension.excused:
            return why
        at = extended(plan.opens, plan.deadline, extension.until, extension.extra_time)
        if at is None or plan.deadline is None or at <= plan.deadline:
            return None
        return replace(why, at=at, extended=True)


def newest(session: Session, assignment: Assignment) -> dict[tuple[int | None, str], Extension]:
    """(Person's number or None, section or '') → the decision that counts; those that took one back included."""
    rows = select(Student.person, Extension).select_from(Extension).outerjoin(Student).order_by(Extension.id)
    found = session.execute(rows.where(Extension.assignment_id == assignment.id))
    return {(person, extension.section): extension for person, extension in found}


def gives(extension: Extension | None) -> bool:
    """Whether a decision gives anything: one that does not took an earlier one back."""
    return extension is not None and bool(extension.excused or extension.until or extension.extra_time)


def extended(
    opens: datetime | None, deadline: datetime | None, until: datetime | None, extra_time: Decimal | None
) -> datetime | None:
    """The deadline with an extension, extra time, or both: then the extra time comes on top."""
    at = until or deadline
    if at is None or deadline is None or extra_time is None or opens is None:
        return until
    span = Fraction((deadline - opens) // timedelta(microseconds=1)) * Fraction(extra_time) / 100
    return at + timedelta(microseconds=int(span))


def feedback(session: Session, assignment: Assignment, now: datetime) -> Feedback:
    """How much students are told now. Another level than before may hold once it is due for nobody any more."""
    before = Feedback(assignment.feedback)
    if assignment.feedback_after is None or assignment.deadline is None:
        return before
    dues = Dues(session, assignment)
    students = session.scalars(select(Student).where(Student.merged_into.is_(None), Student.withdrawn.is_(False)))
    open_until = [due.at for due in map(dues.of, students) if due.at is not None and not due.excused]
    last = max([assignment.deadline, *open_until])
    return Feedback(assignment.feedback_after) if now > last else before


# ---------------------------------------------------------------- late days


def late_days(session: Session) -> int | None:
    """How many days of lateness each student has free in the whole course; None where there is no such rule."""
    return session.scalar(select(CourseRules.late_days).order_by(CourseRules.id.desc()).limit(1))


def days_used(session: Session) -> dict[str, dict[str, int]]:
    """Student's key → assignment → days taken from their late days; nothing for those that used none."""
    used: dict[str, dict[str, int]] = defaultdict(dict)
    for came, days in _spent(session).items():
        key, name = session.get_one(Student, came.student).key, session.get_one(Assignment, came.assignment).name
        used[key][name] = max(used[key].get(name, 0), days)
    return dict(used)


def free_days(session: Session) -> dict[int, int]:
    """Arrival's number → days of its lateness that are paid for."""
    return {came.number: days for came, days in _spent(session).items()}


def _spent(session: Session) -> dict[Came, int]:
    """By student, in the order of handing in. A day that an assignment has taken covers all that comes for it."""
    budget = late_days(session)
    if not budget:
        return {}
    left: dict[int, int] = defaultdict(lambda: budget)
    taken: dict[tuple[int, int], int] = defaultdict(int)
    spent = {}
    for came, days in _late(session):
        place = came.student, came.assignment
        more = min(max(days - taken[place], 0), left[came.student])
        taken[place] += more
        left[came.student] -= more
        if covered := min(days, taken[place]):
            spent[came] = covered
    return spent


def _late(session: Session) -> Iterable[tuple[Came, int]]:
    """Whatever came late, in the order in which it came."""
    students = {s.id: s for s in session.scalars(select(Student))}
    found = []
    for assignment in session.scalars(select(Assignment).where(Assignment.deadline.is_not(None))):
        dues, grace = Dues(session, assignment), timedelta(seconds=assignment.grace)
        for came in (came for own in all_arrivals(session, assignment).values() for came in own):
            due = dues.of(students[came.student])
            if (days := days_late(came.at, due.at, grace)) and not due.excused:
                found.append((came, days))
    return sorted(found, key=lambda late: (late[0].at or EVER, late[0].number))
