"""Settings of assignments and of the course: changed, and written down with who changed them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clean import clean, line
from ..moments import shown
from .records import Allowance, GradebookError, Plan, plain
from .tables import Assignment, CourseRules, Extension, Item, Override, SettingChange, Student

NOTHING = "none"


def settings(plan: Plan) -> dict[str, str]:
    """What is set, in words."""
    minutes = int(plan.late.grace.total_seconds() // 60)
    return {
        "opens": shown(plan.opens, plan.zone) if plan.opens else NOTHING,
        "deadline": shown(plan.deadline, plan.zone) if plan.deadline else NOTHING,
        "grace": f"{minutes} minutes",
        "a day late": f"{plain(plan.late.percent_per_day)} %",
        "late at most": f"{plain(plan.late.cap)} %",
        "counts": f"the {plan.keep} attempt",
        "feedback": plan.feedback.value,
        "feedback after the deadline": plan.feedback_after.value if plan.feedback_after else "the same",
        **{exercise: f"{plain(points)} points" for exercise, points in plan.points.items()},
    }


def note(session: Session, assignment: Assignment, before: Plan, after: Plan, author: str) -> None:
    """Write down each setting in which two plans differ."""
    old, new = settings(before), settings(after)
    for setting in dict.fromkeys([*old, *new]):
        one, other = old.get(setting, NOTHING), new.get(setting, NOTHING)
        if one != other:
            session.add(_change(assignment.id, setting, one, other, author))


def set_late_days(session: Session, days: int, author: str) -> None:
    """Give each student so many late days in the whole course."""
    rules = session.scalars(select(CourseRules)).first() or CourseRules(late_days=None)
    if rules.late_days != days:
        old = NOTHING if rules.late_days is None else str(rules.late_days)
        session.add(_change(None, "late days in the course", old, str(days), author))
    rules.late_days = days
    session.add(rules)


def _change(assignment: int | None, setting: str, before: str, after: str, author: str) -> SettingChange:
    return SettingChange(
        assignment_id=assignment, setting=setting, before=before, after=after, author=line(author), at=datetime.now(UTC)
    )


def extend(session: Session, assignment: Assignment, student: Student | None, given: Allowance) -> None:
    """Record an extension. Raises GradebookError for one that gives nothing to anybody."""
    _refuse_useless(session, assignment, given)
    session.add(
        Extension(
            assignment_id=assignment.id,
            student=student,
            section=line(given.section),
            until=given.until,
            extra_time=given.extra_time,
            excused=given.excused,
            reason=line(given.reason),
            author=line(given.author),
            at=datetime.now(UTC),
        )
    )


def override(
    session: Session, whose: Student, item: Item, points: Decimal | None, *, reason: str, author: str, above: bool
) -> None:
    """Record a person's points. Raises GradebookError."""
    if whose.withdrawn:
        raise GradebookError(f"'{whose.key}' has withdrawn: no points count")
    if points is not None and points > item.points and not above:
        most = f"{plain(points)} is more than the {plain(item.points)} points that {item.exercise} is worth"
        raise GradebookError(f"{most}. If that is meant: --above")
    texts = {"reason": clean(reason), "author": clean(author)}
    session.add(Override(student=whose, item=item, points=points, at=datetime.now(UTC), **texts))


def _refuse_useless(session: Session, assignment: Assignment, given: Allowance) -> None:
    sections = sorted(set(session.scalars(select(Student.section).where(Student.section != ""))))
    if given.section and line(given.section) not in sections:
        there = ", ".join(sections) or "none: a roster with a column 'section' gives them"
        raise GradebookError(f"no student is in section '{line(given.section)}'; sections: {there}")
    name = line(assignment.name)
    if (given.until or given.extra_time) and assignment.deadline is None:
        raise GradebookError(f"'{name}' has no deadline to extend: grade assignment '{name}' --deadline TIME")
    if given.until and assignment.deadline and given.until <= assignment.deadline:
        due = shown(assignment.deadline, assignment.zone)
        raise GradebookError(f"--until {shown(given.until, assignment.zone)} is no later than the deadline, {due}")
    if given.extra_time and assignment.opens is None:
        raise GradebookError(f"extra time is counted from the opening: grade assignment '{name}' --opens TIME")


def scope(extension: Extension | Allowance) -> str:
    """Whom it is for."""
    who = extension.student if isinstance(extension, Allowance) else extension.student and extension.student.key
    return who or (f"section {extension.section}" if extension.section else "everybody")


def gift(extension: Extension | Allowance, zone: str) -> str:
    """What an extension gives, in words."""
    if extension.excused:
        return "excused"
    parts = [f"until {shown(extension.until, zone)}"] if extension.until else []
    if extension.extra_time:
        parts.append(f"{plain(Decimal(extension.extra_time))} % more time")
    return " and ".join(parts) or "no extension any more"
