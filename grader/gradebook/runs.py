"""The runs of batches: which one goes on, and with which inputs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Select, UniqueConstraint, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from .base import Base
from .entries import SPOILED
from .tables import Assignment, Attempt, Grading, Item, Student

BATCH = "batch "


class StartedRun(Base):
    """A batch that was begun for an assignment (by its name: it may be made later). Of each, the newest goes on."""

    __tablename__ = "started_runs"
    __table_args__ = (UniqueConstraint("assignment", "number"),)

    assignment: Mapped[str]
    number: Mapped[int]
    run: Mapped[str]
    seed: Mapped[str]  # text: seeds may be larger than a database's integers
    at: Mapped[datetime]


class NotedProblem(Base):
    """What the newest batch of an assignment found odd, for the class's page."""

    __tablename__ = "noted_problems"

    assignment: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    student: Mapped[str]


Noted = tuple[str, str, str, str]  # kind, place, text, student


def note(session: Session, assignment: str, problems: Iterable[Noted]) -> None:
    """Keep a batch's problems, in place of those of the one before."""
    session.execute(delete(NotedProblem).where(NotedProblem.assignment == assignment))
    names = ("kind", "place", "text", "student")
    session.add_all(NotedProblem(assignment=assignment, **dict(zip(names, p, strict=True))) for p in problems)


def noted(session: Session, assignment: str) -> list[Noted]:
    """What the newest batch found odd, but for what has been settled since by `grade students`."""
    settled = or_(Student.merged_into.is_not(None), Student.withdrawn)
    gone = set(session.scalars(select(Student.key).where(settled)))
    rows = session.scalars(select(NotedProblem).where(NotedProblem.assignment == assignment).order_by(NotedProblem.id))
    return [(row.kind, row.place, row.text, row.student) for row in rows if row.student not in gone]


def begin(session: Session, assignment: str, seed: int | None, fresh: bool) -> tuple[str, int]:
    """The run to go on with, and its inputs' seed: the assignment's last one; a new one with `fresh` or a `seed`.

    It is written down before anything is graded, so that batches that are started at once share it.
    """
    last = session.scalars(_newest(assignment)).first()
    before = (last.run, int(last.seed)) if last else _graded(session, assignment)
    if before is not None and seed is None and not fresh:
        return before
    drawn = int.from_bytes(os.urandom(4), "little") if seed is None else seed
    run = f"{BATCH}{drawn}"
    if before is None or before[0] != run:
        number = last.number + 1 if last else 1
        row = StartedRun(assignment=assignment, number=number, run=run, seed=str(drawn), at=datetime.now(UTC))
        session.add(row)
    return run, drawn


def _newest(assignment: str) -> Select[StartedRun]:
    own = select(StartedRun).where(StartedRun.assignment == assignment)
    return own.order_by(StartedRun.number.desc()).limit(1)


def _graded(session: Session, assignment: str) -> tuple[str, int] | None:
    """The last batch that graded something, of gradebooks from before runs were written down."""
    query = (
        select(Grading.run, Grading.seed)
        .join(Attempt, Attempt.id == Grading.attempt_id)
        .join(Item, Item.id == Attempt.item_id)
        .join(Assignment, Assignment.id == Item.assignment_id)
        .where(Assignment.name == assignment, Grading.run.startswith(BATCH), ~Grading.run.contains(SPOILED))
        .order_by(Grading.id.desc())
    )
    found = session.execute(query.limit(1)).first()
    return (found.run, int(found.seed)) if found else None
