"""`grade history`: what happened, oldest first, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ..moments import shown
from . import entries
from .changes import gift, scope
from .comments import Comment
from .queries import told
from .records import plain
from .tables import (
    Arrival,
    Assignment,
    Attempt,
    Extension,
    Grading,
    Item,
    Override,
    SettingChange,
    Student,
    StudentChange,
)
from .words import edition_shown

Event = tuple[datetime, str]


def history(session: Session, assignment: str, student: str | None) -> list[str]:
    """Changed settings and extensions; of a student, also gradings and decisions. Raises GradebookError."""
    plan = entries.assignment(session, assignment)
    whose = None if student is None else entries.student(session, student)
    events = [*_changes(session, plan), *_extensions(session, plan, whose)]
    if whose is not None:
        events += [*_arrivals(session, plan, whose), *_gradings(session, plan, whose)]
        events += [*_overrides(session, plan, whose), *_comments(session, plan, whose), *_students(session, whose)]
    return [f"{shown(at, plan.zone)} {text}" for at, text in sorted(events, key=lambda event: event[0])]


def _changes(session: Session, plan: Assignment) -> Iterator[Event]:
    ours = or_(SettingChange.assignment_id == plan.id, SettingChange.assignment_id.is_(None))
    for change in session.scalars(select(SettingChange).where(ours).order_by(SettingChange.id)):
        by = f" by {change.author}" if change.author else ""
        yield change.at, f"{change.setting}: {change.before} → {change.after}{by}"


def _extensions(session: Session, plan: Assignment, whose: Student | None) -> Iterator[Event]:
    """All of them, or those that may concern a student."""
    query = select(Extension).where(Extension.assignment_id == plan.id).order_by(Extension.id)
    for extension in session.scalars(query):
        everybody = extension.student_id is None and extension.section in ("", whose.section if whose else "")
        mine = whose is None or (extension.student is not None and extension.student.person == whose.id)
        if mine or everybody:
            gives = gift(extension, plan.zone)
            yield extension.at, f"{scope(extension)}: {gives} by {extension.author}: {extension.reason}"


def _arrivals(session: Session, plan: Assignment, whose: Student) -> Iterator[Event]:
    query = select(Arrival, Item.exercise, Attempt.file).join(Attempt, Attempt.id == Arrival.attempt_id).join(Item)
    mine = Attempt.student_id.in_(_rows(whose)), Item.assignment_id == plan.id
    for arrival, exercise, file in session.execute(query.where(*mine).order_by(Arrival.id)):
        says = f" (says {arrival.source})" if arrival.source else ""
        if arrival.at is not None:
            yield arrival.at, f"{exercise}: handed in {file}{says}"


def _gradings(session: Session, plan: Assignment, whose: Student) -> Iterator[Event]:
    query = select(Grading).join(Attempt).join(Item)
    for grading in session.scalars(query.where(Attempt.student_id.in_(_rows(whose)), Item.assignment_id == plan.id)):
        attempt, versions = grading.attempt, grading.environment
        spoiled = ", spoiled by the grader's own error" if grading.internal_error else ""
        points = f"{plain(grading.score)} of {plain(grading.max_score)}"
        where = f"{grading.run}, seed {grading.seed}, {grading.isolation}, cnn-grader {versions.get('cnn-grader')}"
        where += f" {edition_shown(versions.get('edition'))}, edition {edition_shown(grading.edition)}"
        yield grading.graded_at, f"{attempt.item.exercise}: graded {points}{spoiled} ({attempt.file}; {where})"


def _overrides(session: Session, plan: Assignment, whose: Student) -> Iterator[Event]:
    query = select(Override).join(Item).where(Override.student_id.in_(_rows(whose)), Item.assignment_id == plan.id)
    for one in session.scalars(query):
        points = "the grader's points count again" if one.points is None else f"set to {plain(one.points)}"
        yield one.at, f"{one.item.exercise}: {points} by {one.author}: {one.reason}"


def _comments(session: Session, plan: Assignment, whose: Student) -> Iterator[Event]:
    query = select(Comment).join(Attempt).join(Item).where(Attempt.student_id.in_(_rows(whose)))
    for one in session.scalars(query.where(Item.assignment_id == plan.id)):
        what = f"{one.attempt.item.exercise}: comment {one.id} on {one.place}"
        yield one.at, f"{what} by {one.author}: {one.text}"
        if one.removed_at is not None:
            yield one.removed_at, f"{what} removed by {one.removed_by}"


def _students(session: Session, whose: Student) -> Iterator[Event]:
    """Who is who."""
    rows = _rows(whose)
    touched = or_(StudentChange.student_id.in_(rows), StudentChange.into_id.in_(rows))
    for change in session.scalars(select(StudentChange).where(touched)):
        yield change.at, f"{told(change)} by {change.author}"
        if change.undone_at is not None:
            yield change.undone_at, f"taken back by {change.undone_by}: {told(change)}"


def _rows(whose: Student) -> Select[int]:
    """The rows of a person: one, or more where they were entered twice."""
    return select(Student.id).where(Student.person == whose.id)
