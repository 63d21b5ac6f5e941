"""Each time that work was handed in: written down, and which of them count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from .records import FILES, NOT_TOLD, STATED, HandedIn, SeenAgain
from .tables import Arrival, Assignment, Attempt, Item, Source, Student

WorkKey = tuple[int, int, int, str]  # person, item, source, label: one piece of work, also of who was entered twice


@dataclass(frozen=True)
class Came:
    """An arrival, by its number, with whose work it is (their person's number) and for which assignment.

    `news` is the number of the newest arrival of the same work, whether or not that one counts.
    """

    number: int
    student: int
    assignment: int
    submitted: HandedIn
    news: int = 0

    @property
    def at(self) -> datetime | None:
        """When, if that is known."""
        return self.submitted.at


def first_arrival(attempt: int, submitted: HandedIn | None) -> dict[str, object]:
    """The row of work that was never seen before."""
    return {"attempt_id": attempt, **vars(submitted or NOT_TOLD)}


def arrived(session: Session, attempt: Attempt, submitted: HandedIn) -> None:
    """Write down that an attempt was handed in (again), unless the gradebook knows that."""
    there = [_submitted(row) for row in attempt.arrivals]
    if submitted.at is not None:
        once = _kept_once(submitted)
        same = [one for one in there if _kept_once(one) == once]
        known = submitted in (same[-1:] if once else same)
    else:
        known = (submitted == NOT_TOLD or submitted in there) and _is_newest(session, attempt)
    if not known:
        attempt.arrivals.append(Arrival(**vars(submitted)))
        session.flush()


def _submitted(row: Arrival) -> HandedIn:
    return HandedIn(row.at, row.source, row.late, row.clock)


def _is_newest(session: Session, attempt: Attempt) -> bool:
    """Whether nothing else of this student has come in for the exercise since."""
    same = Student.person == attempt.student.person, Attempt.item_id == attempt.item_id
    last = select(Arrival.attempt_id).join(Attempt).join(Student).where(*same).order_by(Arrival.id.desc()).limit(1)
    return session.scalar(last) == attempt.id


def seen_again(session: Session, assignment: str, seen: Iterable[SeenAgain]) -> None:
    """Write down when work came that was graded before: it was handed in once more, or its time is known now."""
    person = aliased(Student)
    query = select(Attempt).join(Student).join(person, person.id == Student.person).join(Source).join(Item)
    query = query.join(Assignment).where(Assignment.name == assignment, Attempt.label == "").order_by(Attempt.id)
    for one in seen:
        place = person.key == one.student, Item.exercise == one.exercise, Source.digest == one.digest
        found = session.scalars(query.where(*place)).first()
        if found is not None:
            arrived(session, found, one.submitted)


def all_arrivals(session: Session, assignment: Assignment, one: int | None = None) -> dict[WorkKey, list[Came]]:
    """Piece of work (of one person) → the arrivals that count, oldest news first."""
    query = (
        select(Arrival, Attempt, Student.person)
        .join(Attempt, Attempt.id == Arrival.attempt_id)
        .join(Student, Student.id == Attempt.student_id)
        .join(Item, Item.id == Attempt.item_id)
        .where(Item.assignment_id == assignment.id, Item.removed.is_(False))
        .order_by(Arrival.id)
    )
    rows = session.execute(query if one is None else query.where(Student.person == one))
    found: dict[WorkKey, list[Came]] = defaultdict(list)
    for row, attempt, person in rows:
        work = person, attempt.item_id, attempt.source_id, attempt.label
        found[work].append(Came(row.id, person, assignment.id, _submitted(row)))
    return {work: [replace(came, news=own[-1].number) for came in counting(own)] for work, own in found.items()}


def counting(arrivals: list[Came]) -> list[Came]:
    """Those that count: what a person stated; else what a platform says, each time of it; else the files' dates.

    Without any time, the newest that says late, or else the newest.
    """
    newest = {_kept_once(a.submitted) or a.number: a for a in arrivals if a.at is not None}
    known = list(newest.values())
    for told in ([a for a in known if a.submitted.source == STATED], [a for a in known if a.submitted.source != FILES]):
        if told:
            return told
    return known or [a for a in arrivals if a.submitted.late][-1:] or arrivals[-1:]


def _kept_once(submitted: HandedIn) -> tuple[str, str] | None:
    """Of what has the same one only the newest counts: a list and a file's date are corrected, and a clock's zone."""
    if submitted.source in (STATED, FILES):
        return submitted.source, ""
    return (submitted.source, submitted.clock) if submitted.clock else None
