"""The rows that belong to a record: found by their natural keys, or made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Insert, Table, bindparam, insert, or_, select
from sqlalchemy.orm import Session

from ..clean import clean, line
from ..model import CheckResult
from ..model.feedback import Feedback
from ..report.kinds import kind
from . import changes
from .arrivals import arrived, first_arrival
from .base import Base
from .enrolment import student_key
from .findings import to_rows
from .records import Allowance, GradebookError, Graded, LateRule, Plan, Work
from .tables import (
    Arrival,
    Assignment,
    Attempt,
    GradedCheck,
    Grading,
    Identifier,
    Item,
    Source,
    Student,
)

KEEP = ("best", "last")
SPOILED = " (spoiled, "  # after the run's name, where our own error spoiled a grading and a sound one took its place
IDS = select(  # one query instead of three
    select(Student.person).where(Student.key == bindparam("student")).scalar_subquery(),
    select(Item.id)
    .join(Assignment)
    .where(Assignment.name == bindparam("assignment"), Item.exercise == bindparam("exercise"))
    .scalar_subquery(),
    select(Source.id).where(Source.digest == bindparam("digest")).scalar_subquery(),
)
OF_PERSON = select(Student.id).where(
    or_(Student.id == bindparam("student_id"), Student.merged_into == bindparam("student_id"))
)
ATTEMPT = (
    select(Attempt)
    .where(
        Attempt.student_id.in_(OF_PERSON),
        Attempt.item_id == bindparam("item_id"),
        Attempt.source_id == bindparam("source_id"),
        Attempt.label == bindparam("label"),
    )
    .order_by(Attempt.id)
)
GRADING = select(Grading).where(Grading.attempt_id == bindparam("attempt_id"), Grading.run == bindparam("run"))


def exact(number: float) -> Decimal:
    """The digits that are shown, as an exact number."""
    return Decimal(str(number))


# ---------------------------------------------------------------- found, or an error that says where to look


def assignment(session: Session, name: str) -> Assignment:
    """By name. Raises GradebookError."""
    found = session.scalar(select(Assignment).where(Assignment.name == name))
    if found is None:
        raise GradebookError(f"there is no assignment '{line(name)}' in this gradebook")
    return found


def item(session: Session, plan: str, exercise: str) -> Item:
    """By assignment and exercise. Raises GradebookError."""
    owner = assignment(session, plan)
    found = {i.exercise: i for i in owner.items}
    if exercise not in found:
        raise GradebookError(f"'{owner.name}' has no exercise '{line(exercise)}'; it has {', '.join(found)}")
    return found[exercise]


def student(session: Session, who: str) -> Student:
    """By key, or by any id that only one student has. Raises GradebookError."""
    if found := session.scalar(select(Student).where(Student.key == who)):
        return session.get_one(Student, found.person)
    owners = select(Student.person).join(Identifier).where(Identifier.value == who)
    several = session.scalars(select(Student).where(Student.id.in_(owners)).order_by(Student.key)).all()
    if len(several) == 1:
        return several[0]
    if several:
        raise GradebookError(f"'{line(who)}' may be {', '.join(s.key for s in several)}. Give one of these.")
    named = session.scalars(select(Student.key).where(Student.name == who, Student.merged_into.is_(None))).all()
    if named:
        raise GradebookError(f"'{line(who)}' is a name, and names may be shared. By key: {', '.join(sorted(named))}")
    raise GradebookError(f"there is no student '{line(who)}' in this gradebook; `grade students list` shows all")


# ---------------------------------------------------------------- made, or brought up to date


def plan(session: Session, wanted: Plan, without: Collection[str], author: str) -> Assignment:
    """The assignment as the plan says; what changes is written down.

    Raises GradebookError for a plan that makes no sense.
    """
    _refuse_nonsense(wanted)
    found = session.scalar(select(Assignment).where(Assignment.name == wanted.name)) or Assignment(name=wanted.name)
    session.add(found)
    before = as_plan(found) if found.id is not None else Plan(wanted.name, {})
    found.deadline, found.keep, found.feedback = wanted.deadline, wanted.keep, wanted.feedback.value
    found.feedback_after = wanted.feedback_after.value if wanted.feedback_after else None
    found.opens, found.zone, found.closed = wanted.opens, wanted.zone, wanted.closed
    found.grace = int(wanted.late.grace.total_seconds())
    found.percent_per_day, found.late_cap = wanted.late.percent_per_day, wanted.late.cap
    _plan_items(found, wanted, without)
    session.flush()
    changes.note(session, found, before, as_plan(found), author)
    return found


def _refuse_nonsense(wanted: Plan) -> None:
    if wanted.keep not in KEEP:
        raise GradebookError(f"keep '{line(wanted.keep)}': {' or '.join(KEEP)}")
    if wanted.late.cap < 0 or wanted.late.percent_per_day < 0 or min(wanted.points.values(), default=Decimal(0)) < 0:
        raise GradebookError("points, percent per day and its cap cannot be negative")
    if wanted.opens and wanted.deadline and wanted.opens >= wanted.deadline:
        raise GradebookError("the assignment would open after its deadline")


def _plan_items(found: Assignment, wanted: Plan, without: Collection[str]) -> None:
    """An exercise that is taken out keeps its gradings, and counts again when it is put back."""
    items = {i.exercise: i for i in found.every_item}
    for exercise, points in wanted.points.items():
        if exercise not in items:
            items[exercise] = Item(exercise=exercise)
            found.every_item.append(items[exercise])
        items[exercise].points, items[exercise].removed = points, False
    for exercise in without:
        if exercise in items:
            items[exercise].removed = True


def add_exercise(session: Session, name: str, exercise: str, points: Decimal, author: str) -> None:
    """Add an exercise, and the assignment, unless they are there; nothing else is changed."""
    found = session.scalar(select(Assignment).where(Assignment.name == name))
    before = as_plan(found) if found is not None else Plan(name, {})
    if found is None or exercise not in {i.exercise for i in found.every_item}:
        plan(session, replace(before, points={**before.points, exercise: points}), (), author)


def as_plan(found: Assignment) -> Plan:
    """The assignment as it is planned."""
    return Plan(
        found.name,
        {i.exercise: i.points for i in found.items},
        found.deadline,
        LateRule(timedelta(seconds=found.grace), found.percent_per_day, found.late_cap),
        found.keep,
        Feedback(found.feedback),
        found.closed,
        found.opens,
        found.zone,
        Feedback(found.feedback_after) if found.feedback_after else None,
    )


def extend(session: Session, given: Allowance) -> None:
    """Record an extension. Raises GradebookError."""
    whose = student(session, given.student) if given.student else None
    changes.extend(session, assignment(session, given.assignment), whose, given)


def _added(session: Session, table: type[Base], **row: Any) -> int:
    """Insert one row; its id. Making ORM objects instead would take most of a batch's time."""
    made = cast(Any, session.execute(_insert(table), row))
    return int(made.inserted_primary_key[0])


def _insert(table: type[Base]) -> Insert:
    return insert(cast(Table, table.__table__))


def _add_source(session: Session, work: Work, digest: str) -> int:
    row = {"digest": digest, "main": line(work.main), "problem": clean(work.problem), "archive": work.packed()}
    return _added(session, Source, **row)


def _attempt_id(session: Session, graded: Graded) -> tuple[int, bool]:
    """The attempt's id, and whether it is a new one."""
    if graded.attempt is not None:
        return graded.attempt, False
    key, exercise, digest = line(graded.student), graded.result.exercise, graded.work.digest
    asked = {"student": key, "digest": digest, "assignment": graded.assignment, "exercise": exercise}
    student_id, item_id, source_id = session.execute(IDS, asked).one()
    known = None not in (student_id, item_id, source_id)
    row = {
        "student_id": student_id or _added(session, Student, key=student_key(key), name="", section=""),
        "item_id": item_id or item(session, graded.assignment, exercise).id,  # raises if there is none
        "source_id": source_id or _add_source(session, graded.work, digest),
        "label": line(graded.label),
    }
    found = session.scalar(ATTEMPT, row) if known else None
    if found is None:
        attempt = _added(session, Attempt, **row, file=line(graded.result.file, 1000))
        _added(session, Arrival, **first_arrival(attempt, graded.submitted))
        return attempt, True
    if graded.submitted is not None:
        arrived(session, found, graded.submitted)
    return found.id, False


# ---------------------------------------------------------------- a grading


def record(session: Session, graded: Graded) -> bool:
    """Add the grading unless its run already has a sound one of this attempt; True if it was added."""
    attempt, new = _attempt_id(session, graded)
    before = None if new else session.scalar(GRADING, {"attempt_id": attempt, "run": graded.run})
    if before is not None:
        if graded.result.internal_error or not before.internal_error:
            return False
        before.run = f"{before.run}{SPOILED}{before.id})"
        session.flush()
    grading = _added(session, Grading, attempt_id=attempt, **_grading(graded))
    checks = enumerate(graded.result.checks)
    session.execute(_insert(GradedCheck), [_check(i, check) | {"grading_id": grading} for i, check in checks])
    return True


def _grading(graded: Graded) -> dict[str, Any]:
    result = graded.result
    return {
        "run": graded.run,
        "graded_at": datetime.now(UTC),
        "seed": str(result.seed),
        "isolation": result.isolation,
        "environment": dict(graded.environment),
        "title": result.title,
        "score": sum((exact(c.score) for c in result.checks), Decimal(0)),
        "max_score": sum((exact(c.max_score) for c in result.checks), Decimal(0)),
        "internal_error": result.internal_error,
        "error": "",
        "unloaded": to_rows((result.unloaded,) if result.unloaded is not None else ()),
        "causes": to_rows(result.causes),
        "cause_kinds": [[clean(k.key), clean(k.title)] for k in (kind(c, result) for c in result.causes)],
        "notes": list(result.notes),
        "stdout": clean(result.stdout, 10_000),
        "seconds": result.seconds,
        "timing": graded.timing,
        "edition": graded.edition,
    }


def _check(position: int, check: CheckResult) -> dict[str, Any]:
    found = check.misconception
    return {
        "position": position,
        "name": check.name,
        "title": clean(check.title),
        "verdict": check.verdict.value,
        "score": exact(check.score),
        "max_score": exact(check.max_score),
        "max_bonus": exact(check.max_bonus),
        "message": "",
        "findings": to_rows(check.findings),
        "explanation": to_rows((check.explanation,)) if check.explanation is not None else None,
        "seconds": check.seconds,
        "misconception": found.slug if found else None,
        "misconception_title": found.title if found else None,
        "misconception_hint": found.hint if found else None,
        "overlay": vars(check.overlay) if check.overlay else None,
    }
