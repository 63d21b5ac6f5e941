"""The table of what learners handed in while they worked, each with its report: for them, never for their marks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Double, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class KeptTry(Base):
    """One try of `learner` at `exercise`: `files` by name as text, `report` as HTML of our own.

    `checks` are lists of name, title, points won and points possible, in the exercise's order.
    """

    __tablename__ = "kept_tries"
    __table_args__ = (Index(None, "learner", "exercise"),)

    learner: Mapped[str]
    exercise: Mapped[str]
    file: Mapped[str]
    made: Mapped[datetime]
    score: Mapped[float] = mapped_column(Double())
    possible: Mapped[float] = mapped_column(Double())
    full: Mapped[bool]
    headline: Mapped[str]
    checks: Mapped[list[Any]]
    files: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    report: Mapped[str] = mapped_column(deferred=True)
