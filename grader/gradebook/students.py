"""Who is who: one person entered twice, another name, somebody who has left; each decision can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..clean import line
from .entries import student
from .marks import Mark, marks
from .queries import identities, told
from .records import GradebookError, KnownStudent, plain
from .tables import Assignment, Attempt, Grading, Item, Override, Student, StudentChange

UNDO = "`grade students undo` takes it back"


def students(session: Session) -> list[KnownStudent]:
    """Everybody, by name; who was entered twice is there once."""
    rows = sorted(session.scalars(select(Student)), key=lambda row: ((row.name or row.key).casefold(), row.key))
    ids, counts = identities(session), _gradings(session)
    names, keys = _former_names(session), defaultdict(list)
    for row in rows:
        if row.merged_into is not None:
            keys[row.merged_into].append(row)
    return [
        KnownStudent(
            row.key,
            row.name,
            row.section,
            ids.get(row.id, {}),
            also=tuple(other.key for other in keys[row.id]),
            names=tuple(dict.fromkeys(n for one in (row, *keys[row.id]) for n in (one.name, *names[one.id]) if n)),
            gradings=counts.get(row.id, 0),
            withdrawn=row.withdrawn,
        )
        for row in rows
        if row.merged_into is None
    ]


def _gradings(session: Session) -> dict[int, int]:
    query = select(Student.person, func.count(Grading.id)).join(Attempt, Attempt.student_id == Student.id)
    return {int(person): int(n) for person, n in session.execute(query.join(Grading).group_by(Student.person))}


def _former_names(session: Session) -> dict[int, list[str]]:
    """Row → the names that it had before it was renamed."""
    found: dict[int, list[str]] = defaultdict(list)
    for change in _standing(session, "rename"):
        found[change.student_id].append(str(change.before["name"]))
    return found


def _standing(session: Session, kind: str) -> Iterator[StudentChange]:
    query = select(StudentChange).where(StudentChange.kind == kind, StudentChange.undone_at.is_(None))
    yield from session.scalars(query.order_by(StudentChange.id))


def parted(session: Session) -> set[frozenset[str]]:
    """The pairs of keys whose merge was taken back: only a person may merge them again."""
    query = select(StudentChange).where(StudentChange.kind == "merge")
    changes = session.scalars(query.order_by(StudentChange.id))
    last = {frozenset((c.student.key, c.into.key)): c for c in changes if c.into is not None}
    return {pair for pair, change in last.items() if change.undone_at is not None}


# ---------------------------------------------------------------- decisions


def merge(session: Session, kept: str, other: str, author: str) -> list[str]:
    """Let one student's row stand for both; what to tell of it, a line each. Raises GradebookError."""
    into, merged = student(session, kept), student(session, other)
    if into.id == merged.id:
        raise GradebookError(f"'{line(kept)}' and '{line(other)}' are one student already: {into.key}")
    lines = [f"gradings that came along: {_gradings(session).get(merged.id, 0)}; {UNDO}"]
    lines += _different_ids(session, into, merged)
    before = _marks_of(session, into, merged)
    followers = list(session.scalars(select(Student).where(Student.merged_into == merged.id)))
    for row in (merged, *followers):
        row.merged_into = into.id
    _note(session, "merge", merged, author, into=into, rows=[row.id for row in followers])
    return lines + list(_both_had(before, _marks_of(session, into) if before else {}, into, merged))


def _different_ids(session: Session, into: Student, merged: Student) -> list[str]:
    ids = identities(session)
    mine, theirs = ids.get(into.id, {}), ids.get(merged.id, {})
    differing = [k for k in mine if k in theirs and mine[k] != theirs[k]]
    return [f"{kind}: {mine[kind]} stays, {theirs[kind]} is known, too; is it one person?" for kind in differing]


def _marks_of(session: Session, *of: Student) -> dict[tuple[str, str, str, str], Mark]:
    """(assignment, its rule, exercise, key) → mark, of the assignments in which all of them have something."""
    there = [_assignments(session, row) for row in of]
    keys = {row.key for row in of}
    return {
        (plan.name, plan.keep, mark.exercise, mark.student): mark
        for plan in session.scalars(select(Assignment).where(Assignment.id.in_(set.intersection(*there))))
        for mark in marks(session, plan)
        if mark.student in keys and mark.points is not None
    }


def _assignments(session: Session, row: Student) -> set[int]:
    """Those in which a person has handed in something, or was given points."""
    rows = select(Student.id).where(Student.person == row.id)
    tables = (Attempt, Override)
    return {
        number
        for table in tables
        for number in session.scalars(select(Item.assignment_id).join(table).where(table.student_id.in_(rows)))
    }


def _both_had(before: dict[Any, Mark], after: dict[Any, Mark], into: Student, merged: Student) -> Iterator[str]:
    for (plan, keep, exercise, key), old in before.items():
        if key == into.key and (other := before.get((plan, keep, exercise, merged.key))):
            now = after[plan, keep, exercise, key]
            rule = "what a person gave last" if now.overridden else f"the {keep}"
            yield (
                f"{plan}, {exercise}: {into.key} had {plain(old.points)}, {merged.key} {plain(other.points)};"
                f" {rule} counts: {plain(now.points)}"
            )


def rename(session: Session, who: str, name: str, author: str) -> str:
    """Another name, which no roster changes again. Raises GradebookError."""
    found, name = student(session, who), line(name)
    if not name:
        raise GradebookError("a name may not be empty")
    _note(session, "rename", found, author, name=found.name, to=name)
    text = f"{found.key}: {found.name or 'no name'} → {name}; {UNDO}"
    found.name = name
    return text


def withdraw(session: Session, who: str, author: str) -> str:
    """No longer in lists and exports; all gradings are kept. Raises GradebookError."""
    found = student(session, who)
    if found.withdrawn:
        raise GradebookError(f"'{found.key}' has withdrawn already")
    found.withdrawn = True
    _note(session, "withdraw", found, author)
    count = _gradings(session).get(found.id, 0)
    return f"{found.key} has withdrawn and is in no list of marks; gradings that are kept: {count}; {UNDO}"


def undo(session: Session, author: str) -> list[str]:
    """Take back the last decision that stands; what to tell of it. Raises GradebookError."""
    query = select(StudentChange).where(StudentChange.undone_at.is_(None)).order_by(StudentChange.id.desc())
    change = session.scalar(query.limit(1))
    if change is None:
        raise GradebookError("no decision about students is left to take back")
    lines = [f"taken back: {told(change)} (by {change.author}, {change.at:%Y-%m-%d %H:%M} UTC)"]
    lines += _TAKEN_BACK[change.kind](session, change)
    change.undone_by, change.undone_at = line(author) or "unknown", datetime.now(UTC)
    return lines


def _part(session: Session, change: StudentChange) -> list[str]:
    rows = session.scalars(select(Student).where(Student.id.in_(change.before["rows"])))
    for row in rows:
        row.merged_into = change.student_id
    change.student.merged_into = None
    since = select(func.count(Grading.id)).join(Attempt).where(Attempt.student_id == change.into_id)
    count = session.scalar(since.where(Grading.graded_at > change.at)) or 0
    return [f"gradings since then, which stay with {change.into.key}: {count}"] if count and change.into else []


def _name_again(_: Session, change: StudentChange) -> list[str]:
    change.student.name = change.before["name"]
    return []


def _readmit(_: Session, change: StudentChange) -> list[str]:
    change.student.withdrawn = False
    return []


_TAKEN_BACK = {"merge": _part, "rename": _name_again, "withdraw": _readmit}


def _note(
    session: Session, kind: str, row: Student, author: str, *, into: Student | None = None, **before: Any
) -> None:
    at = datetime.now(UTC)
    session.add(StudentChange(kind=kind, student=row, into=into, before=before, author=line(author), at=at))
    session.flush()
