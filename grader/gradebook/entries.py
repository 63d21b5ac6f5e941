"""The rows that belong to a record: found by their natural keys, or made."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from ..clean import clean, line
from ..model import CheckResult
from .records import GradebookError, Graded, Person, Plan, Work
from .tables import Assignment, Attempt, Base, Check, Grading, Identifier, Item, Source, Student

KEEP = ("best", "last")


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
        return found
    query = select(Student).join(Identifier).where(Identifier.value == who).distinct()
    several = session.scalars(query.order_by(Student.key)).all()
    if len(several) == 1:
        return several[0]
    if several:
        raise GradebookError(f"'{line(who)}' may be {', '.join(s.key for s in several)}. Give one of these.")
    raise GradebookError(f"there is no student '{line(who)}' in this gradebook; `grade gradebook` lists them")


# ---------------------------------------------------------------- made, or brought up to date


def plan(session: Session, wanted: Plan) -> Assignment:
    """The assignment as the plan says. Raises GradebookError for a plan that makes no sense."""
    if wanted.keep not in KEEP:
        raise GradebookError(f"keep '{line(wanted.keep)}': {' or '.join(KEEP)}")
    if wanted.late.cap < 0 or wanted.late.percent_per_day < 0 or min(wanted.points.values(), default=Decimal(0)) < 0:
        raise GradebookError("points, percent per day and its cap cannot be negative")
    found = session.scalar(select(Assignment).where(Assignment.name == wanted.name)) or Assignment(name=wanted.name)
    found.deadline, found.keep = wanted.deadline, wanted.keep
    found.grace = int(wanted.late.grace.total_seconds())
    found.percent_per_day, found.late_cap = wanted.late.percent_per_day, wanted.late.cap
    items = {i.exercise: i for i in found.items}
    for exercise, points in wanted.points.items():
        if exercise in items:
            items[exercise].points = points
        else:
            found.items.append(Item(exercise=exercise, points=points))
    session.add(found)
    return found


def enrol(session: Session, person: Person) -> Student:
    """The student; names and ids that are given replace those that were there."""
    found = _student(session, line(person.key))
    found.name = line(person.name) or found.name
    found.section = line(person.section) or found.section
    known = {i.kind: i for i in found.identifiers}
    for kind, value in person.ids.items():
        if not line(value):
            continue
        _refuse_taken(session, found, kind, line(value))
        if kind in known:
            known[kind].value = line(value)
        else:
            found.identifiers.append(Identifier(kind=kind, value=line(value)))
    return found


def _refuse_taken(session: Session, whose: Student, kind: str, value: str) -> None:
    query = select(Student.key).join(Identifier).where(Identifier.kind == kind, Identifier.value == value)
    other = session.scalar(query)
    if other is not None and other != whose.key:
        raise GradebookError(f"{kind} '{value}' belongs to '{other}' already, and cannot be that of '{whose.key}' too")


def _student(session: Session, key: str) -> Student:
    if not key:
        raise GradebookError("a student needs a key: an e-mail address, a number or a name")
    found = session.scalar(select(Student).where(Student.key == key))
    if found is None:
        found = Student(key=key, name="", section="")
        session.add(found)
        session.flush()
    return found


def _added(session: Session, table: type[Base], **row: Any) -> int:
    """Insert one row that no object is needed for; its id. Objects for everything would take most of a batch's time."""
    made = cast(Any, session.execute(insert(cast(Table, table.__table__)), row))
    return int(made.inserted_primary_key[0])


def _student_id(session: Session, key: str) -> int:
    found = session.scalar(select(Student.id).where(Student.key == key))
    return _student(session, key).id if found is None else found


def _item_id(session: Session, plan: str, exercise: str) -> int:
    query = select(Item.id).join(Assignment).where(Assignment.name == plan, Item.exercise == exercise)
    found = session.scalar(query)
    return item(session, plan, exercise).id if found is None else found


def _source_id(session: Session, work: Work) -> int:
    digest = work.digest
    found = session.scalar(select(Source.id).where(Source.digest == digest))
    if found is not None:
        return found
    row = {"digest": digest, "main": line(work.main), "problem": clean(work.problem), "archive": work.packed()}
    return _added(session, Source, **row)


def _attempt_id(session: Session, graded: Graded) -> int:
    key = {
        "student_id": _student_id(session, line(graded.student)),
        "item_id": _item_id(session, graded.assignment, graded.result.exercise),
        "source_id": _source_id(session, graded.work),
        "label": line(graded.label),
    }
    found = session.scalar(select(Attempt).filter_by(**key))
    if found is None:
        file = line(graded.result.file, 1000)
        return _added(session, Attempt, **key, file=file, submitted_at=graded.submitted_at)
    found.submitted_at = found.submitted_at or graded.submitted_at
    return found.id


# ---------------------------------------------------------------- a grading


def record(session: Session, graded: Graded) -> bool:
    """Add the grading unless its run has a sound one of this attempt; whether it was added."""
    attempt = _attempt_id(session, graded)
    before = session.scalar(select(Grading).filter_by(attempt_id=attempt, run=graded.run))
    if before is not None:
        if graded.result.internal_error or not before.internal_error:
            return False
        before.run = f"{before.run} (spoiled, {before.id})"
        session.flush()
    grading = _added(session, Grading, attempt_id=attempt, **_grading(graded))
    checks = enumerate(graded.result.checks)
    session.execute(insert(Check), [_check(i, check) | {"grading_id": grading} for i, check in checks])
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
        "error": clean(result.error),
        "notes": list(result.notes),
        "stdout": clean(result.stdout, 10_000),
        "seconds": result.seconds,
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
        "message": clean(check.message, 10_000),
        "seconds": check.seconds,
        "misconception": found.slug if found else None,
        "misconception_title": found.title if found else None,
        "misconception_hint": found.hint if found else None,
        "evidence": asdict(check.evidence) if check.evidence else None,
        "overlay": asdict(check.overlay) if check.overlay else None,
    }
