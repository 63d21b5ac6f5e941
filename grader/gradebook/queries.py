"""Queries over more than one table."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from . import entries
from .comments import Comment
from .records import Plan, Work
from .tables import Assignment, Attempt, Download, Grading, Identifier, Item, Source, Student, StudentChange

PersonRow = aliased(Student)  # the row that stands for a student's person


@dataclass(frozen=True)
class Stored:
    """An attempt, by its number, whose source is kept; `seed` and `timing` are those of its newest grading."""

    attempt: int
    student: str
    exercise: str
    source: int
    digest: str
    label: str
    file: str
    seed: int
    timing: bool


def done(session: Session, assignment: str, run: str) -> set[tuple[str, str, str, str]]:
    """What a run has graded soundly: (student, exercise, work's digest, label)."""
    query = (
        select(PersonRow.key, Item.exercise, Source.digest, Attempt.label)
        .select_from(Grading)
        .join(Attempt, Attempt.id == Grading.attempt_id)
        .join(Student, Student.id == Attempt.student_id)
        .join(PersonRow, PersonRow.id == Student.person)
        .join(Source, Source.id == Attempt.source_id)
        .join(Item, Item.id == Attempt.item_id)
        .join(Assignment, Assignment.id == Item.assignment_id)
        .where(Assignment.name == assignment, Grading.run == run, Grading.internal_error.is_(False))
    )
    return {(key, exercise, digest, label) for key, exercise, digest, label in session.execute(query)}


def planned(session: Session, name: str) -> Plan | None:
    """The assignment as it was planned, if there is one of this name."""
    found = session.scalar(select(Assignment).where(Assignment.name == name))
    return None if found is None else entries.as_plan(found)


def stored(session: Session, assignment: str, exercise: str | None, student: str | None) -> list[Stored]:
    """Attempts with their sources' numbers, in the order in which they came; of the same work of one person, the first.

    Raises GradebookError.
    """
    query = (
        select(Attempt, PersonRow.key, Item.exercise, Source.digest)
        .join(Student, Student.id == Attempt.student_id)
        .join(PersonRow, PersonRow.id == Student.person)
        .join(Source, Source.id == Attempt.source_id)
        .join(Item, Item.id == Attempt.item_id)
        .where(Item.assignment_id == entries.assignment(session, assignment).id, Item.removed.is_(False))
        .order_by(Attempt.id)
    )
    if exercise is not None:
        query = query.where(Item.id == entries.item(session, assignment, exercise).id)
    if student is not None:
        query = query.where(PersonRow.id == entries.student(session, student).id)
    newest = select(Grading.seed, Grading.timing).order_by(Grading.id.desc()).limit(1)
    found: dict[tuple[str, str, str, str], Stored] = {}
    for a, key, slug, digest in session.execute(query):
        if (last := session.execute(newest.where(Grading.attempt_id == a.id)).first()) is not None:
            one = Stored(a.id, key, slug, a.source_id, digest, a.label, a.file, int(last.seed), last.timing)
            found.setdefault((key, slug, digest, a.label), one)
    return list(found.values())


def work(session: Session, source: int) -> Work:
    """A source by its number."""
    found = session.get_one(Source, source)
    return Work.unpacked(found.archive, found.main, found.problem)


def told(change: StudentChange) -> str:
    """A decision about who is who in words."""
    key = change.student.key
    if change.into is not None:
        return f"{key} merged into {change.into.key}"
    if change.kind == "rename":
        return f"{key} renamed from '{change.before['name']}' to '{change.before['to']}'"
    return f"{key} withdrawn"


def identities(session: Session) -> dict[int, dict[str, str]]:
    """Person → kind of id → value. Of who was entered twice, those of the row that stands for both come first."""
    query = select(Student.person, Identifier.kind, Identifier.value).join(Identifier)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for person, kind, value in session.execute(query.order_by(Student.merged_into.is_not(None), Identifier.id)):
        found[person].setdefault(kind, value)
    return found


def snapshot(session: Session) -> Iterator[tuple[str, ...]]:
    """Everything that does not depend on clocks, machines and the order of arrival: to compare two gradebooks."""
    for student in session.scalars(select(Student).order_by(Student.key)):
        yield "student", student.key, student.name, student.section, repr(sorted(student.ids.items()))
    names = session.execute(
        select(Assignment.name, Download, Student.key).select_from(Download).join(Assignment).join(Student)
    )
    yield from sorted(("download", plan, key, d.name, d.participant) for plan, d, key in names)
    yield from sorted(map(_comment, session.scalars(select(Comment))))
    rows = session.execute(select(Grading, Attempt).join(Attempt)).all()
    yield from sorted(row for grading, attempt in rows for row in _lines(grading, attempt))


def _comment(one: Comment) -> tuple[str, ...]:
    attempt = one.attempt
    key = attempt.item.assignment.name, attempt.student.key, attempt.item.exercise, attempt.source.digest
    return "comment", *key, one.place, one.text, one.cause, one.author, str(one.removed_by)


def _lines(grading: Grading, attempt: Attempt) -> Iterator[tuple[str, ...]]:
    item = attempt.item
    key = (item.assignment.name, attempt.student.key, item.exercise, attempt.source.digest, attempt.label, grading.run)
    flags = str(grading.internal_error), str(grading.timing)
    for one in attempt.arrivals:
        yield "arrival", *key, f"{one.at}", one.source, f"{one.late}"
    yield "grading", *key, grading.seed, f"{grading.score}", f"{grading.max_score}", *flags
    for check in grading.checks:
        facts = (
            check.name,
            check.verdict,
            f"{check.score}",
            f"{check.max_score}",
            check.message or json.dumps(check.findings),
        )
        yield "check", *key, f"{check.position:04}", *facts, check.misconception or ""
