"""Gradings that are recorded only where they raise a mark."""

from __future__ import annotations

from sqlalchemy.orm import Session

from . import entries
from .marks import Mark, marks
from .records import Graded
from .tables import Attempt


def record_if_better(session: Session, graded: Graded) -> bool:
    """Add a grading of an attempt that is there if the computed mark is higher with it; True if it was added."""
    before = _mark(session, graded)
    trial = session.begin_nested()
    if entries.record(session, graded) and _higher(before, _mark(session, graded)):
        trial.commit()
        return True
    trial.rollback()
    return False


def _mark(session: Session, graded: Graded) -> Mark | None:
    """The mark of whose attempt it is now; None for who has withdrawn."""
    attempt = session.get_one(Attempt, graded.attempt)
    found = marks(session, attempt.item.assignment, attempt.student.person)
    return next((m for m in found if m.exercise == attempt.item.exercise), None)


def _higher(before: Mark | None, after: Mark | None) -> bool:
    if before is None or after is None or after.computed is None:
        return False
    return before.computed is None or after.computed > before.computed
