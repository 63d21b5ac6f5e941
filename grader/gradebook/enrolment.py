"""Students entered, or brought up to date: names, sections and ids."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, selectinload

from ..clean import line
from .records import EntryError, Person
from .tables import Identifier, Student, StudentChange

MOST_IN_A_QUERY = 10_000  # values; SQLite takes 32,766, PostgreSQL 65,535


def enrol(session: Session, people: Collection[Person], *, handed_in: bool = False) -> None:
    """The students; names and ids that are given replace those that were there, but not a name that a person chose.

    What is only known from what was `handed_in` replaces nothing. Raises GradebookError.
    """
    students, owners = _known(session, people)
    chosen = _renamed(session)
    for person in people:
        key = student_key(person.key)
        found = students.get(key)
        if found is None:
            found = students[key] = Student(key=key, name="", section="")
            session.add(found)
        if found.merged_into is not None:
            continue  # the other row speaks for this person
        if not found.name or not (handed_in or found.id in chosen):
            found.name = line(person.name) or found.name
        if not found.section or not handed_in:
            found.section = line(person.section) or found.section
        there = {i.kind for i in found.identifiers} if handed_in else set()
        for kind, value in person.ids.items():
            if line(value) and kind not in there:
                _identify(found, kind, line(value), owners)
    session.flush()


def _renamed(session: Session) -> set[int]:
    """The rows whose names a person has chosen."""
    query = select(StudentChange.student_id).where(StudentChange.kind == "rename", StudentChange.undone_at.is_(None))
    return set(session.scalars(query))


def _known(session: Session, people: Collection[Person]) -> tuple[dict[str, Student], dict[tuple[str, str], str]]:
    """The rows already there, by key; and (kind, value) → key of the person who owns each of their ids."""
    keys = {line(p.key) for p in people}
    values = {line(v) for p in people for v in p.ids.values()}
    query = select(Student).options(selectinload(Student.identifiers)).where(_among(Student.key, keys))
    students = {s.key: s for s in session.scalars(query)}
    owner = aliased(Student)
    owned = select(Identifier.kind, Identifier.value, owner.key).select_from(Identifier).join(Student)
    owned = owned.join(owner, owner.id == Student.person)
    taken = session.execute(owned.where(_among(Identifier.value, values)))
    return students, {(kind, value): key for kind, value, key in taken}


def _among(column: InstrumentedAttribute[str], values: Collection[str]) -> ColumnElement[bool]:
    """One of the values; with more of them than a database takes in one query, any."""
    return column.in_(values) if len(values) <= MOST_IN_A_QUERY else true()


def _identify(student: Student, kind: str, value: str, owners: dict[tuple[str, str], str]) -> None:
    owner = owners.get((kind, value))
    if owner == student.key:
        return
    if owner is not None:
        text = f"{kind} '{value}' belongs to '{owner}' already, and cannot be that of '{student.key}' too"
        raise EntryError(text)
    owners[kind, value] = student.key
    known = {i.kind: i for i in student.identifiers}
    if kind not in known:
        student.identifiers.append(Identifier(kind=kind, value=value))
    elif known[kind].value != value:
        owners.pop((kind, known[kind].value), None)  # it is free for another student
        known[kind].value = value


def student_key(key: str) -> str:
    """The key as it is stored. Raises EntryError for one that is empty."""
    if not line(key):
        raise EntryError("a student needs a key: an e-mail address, a number or a name")
    return line(key)
