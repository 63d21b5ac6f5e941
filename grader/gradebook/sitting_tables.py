"""The tables of exams that are sat in the browser.

ExamSitting ─< ExamAnswer               one paper, sat by one person; a row for each question that was looked at
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class ExamSitting(Base):
    """A paper and its clock. `learner` is what a person's rows are kept under.

    `seconds` is the time allowed without the extra time, which is a `factor` of it. Time runs from `started`, whoever
    looks at it. `ending` is '' before the end, then `candidate` or `time`. `at` is the question that is looked at.
    """

    __tablename__ = "exam_sittings"

    learner: Mapped[str] = mapped_column(default="", server_default="", index=True)
    paper: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    seconds: Mapped[int]
    factor: Mapped[Decimal]
    decimal_comma: Mapped[bool] = mapped_column(default=False, server_default=false())
    made: Mapped[datetime]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    ending: Mapped[str] = mapped_column(default="", server_default="")
    at: Mapped[int] = mapped_column(default=1, server_default="1")


class ExamAnswer(Base):
    """What stands at a question. Each change adds one to `version`.

    `writer` is the window that wrote it, `turn` that window's count of its changes and `base` the version that it had
    seen: so a change that is sent twice, or whose receipt was lost, is told from one that another window made. `late`
    came after the end and does not count.
    """

    __tablename__ = "exam_answers"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)

    sitting_id: Mapped[int] = mapped_column(ForeignKey("exam_sittings.id"))
    number: Mapped[int]
    answer: Mapped[str] = mapped_column(default="", server_default="")
    marked: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    writer: Mapped[str] = mapped_column(default="", server_default="")
    base: Mapped[int] = mapped_column(default=0, server_default="0")
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    late: Mapped[str | None]
    saved: Mapped[datetime]
