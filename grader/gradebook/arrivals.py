"""Each time that work was handed in: written down, and which of them count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from .records import FILES, NOT_TOLD, STATED, HandedIn, SeenAgain
from .tables import Arrival, Assignment, Attempt, Item, Source, Student


@dataclass(frozen=True)
class Came:
    """An arrival, by its number, with whose work it is and for which assignment.

    `news` is the number of the newest arrival of the same attempt, whether or not that one counts.
    """

    number: int
    attempt: int
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
    same = Attempt.student_id == attempt.student_id, Attempt.item_id == attempt.item_id
    last = select(Arrival.attempt_id).join(Attempt).where(*same).order_by(Arrival.id.desc()).limit(1)
    return session.scalar(last) == attempt.id


def seen_again(session: Session, assignment: str, seen: Iterable[SeenAgain]) -> None:
    """Write down when work came that was graded before: it was handed in once more, or its time is known now."""
    query = select(Attempt).join(Student).join(Source).join(Item).join(Assignment)
    for one in seen:
        place = Student.key == one.student, Item.exercise == one.exercise, Source.digest == one.digest
        found = session.scalars(query.where(Assignment.name == assignment, Attempt.label == "", *place)).first()
        if found is not None:
            arrived(session, found, one.submitted)


def all_arrivals(session: Session, assignment: Assignment) -> dict[int, list[Came]]:
    """Attempt → the arrivals that count, oldest news first."""
    rows = session.execute(
        select(Arrival, Attempt.student_id)
        .join(Attempt, Attempt.id == Arrival.attempt_id)
        .join(Item, Item.id == Attempt.item_id)
        .where(Item.assignment_id == assignment.id, Item.removed.is_(False))
        .order_by(Arrival.id)
    )
    found: dict[int, list[Came]] = defaultdict(list)
    for row, student in rows:
        found[row.attempt_id].append(Came(row.id, row.attempt_id, student, assignment.id, _submitted(row)))
    return {attempt: [replace(came, news=own[-1].number) for came in counting(own)] for attempt, own in found.items()}


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
