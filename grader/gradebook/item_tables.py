"""The table of how questions went in marked papers."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ItemAnswer(Base):
    """What one student did at one question. A paper that is marked again replaces its rows.

    `exam` names the paper: title, seed, form. `chosen` is `right`, `blank`, `unreadable`, `other` or the misconception
    behind the answer. `share` of the question's marks, and `rest`, the share of all other marks of the paper.
    """

    __tablename__ = "item_answers"
    __table_args__ = (UniqueConstraint("exam", "student", "place"),)

    exam: Mapped[str]
    student: Mapped[str]
    place: Mapped[int]
    generator: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    chosen: Mapped[str]
    share: Mapped[Decimal]
    rest: Mapped[Decimal]
    marked: Mapped[datetime]
