"""What learners wrote to free-text tasks, and the points that they gave themselves: for them, never for their marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from .base import Base
from .records import GradebookError
from .session import plain_errors, writing


class WrittenText(Base):
    """A text of `learner` to `task`. `version` counts its changes; `points` by criterion are for this very text.

    `rubric` is the fingerprint of the criteria that they were given by.
    """

    __tablename__ = "written_texts"
    __table_args__ = (UniqueConstraint("learner", "task"),)

    learner: Mapped[str]
    task: Mapped[str]
    text: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    points: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    rubric: Mapped[str] = mapped_column(default="", server_default="")
    saved: Mapped[datetime]


class TextChanged(GradebookError):
    """Another window changed the text meanwhile: nothing was written. `there` is what stands there now."""

    def __init__(self, there: WrittenText):
        super().__init__("another window has changed this text meanwhile")
        self.there = there


class WrittenTexts:
    """The texts of all learners, in the database of an `engine` that is kept open elsewhere."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self._engine, self._clock = engine, clock

    def of(self, learner: str) -> dict[str, WrittenText]:
        """All texts of a learner, by task. Raises GradebookError."""
        with plain_errors(self._engine.url), Session(self._engine) as session:
            found = session.scalars(select(WrittenText).where(WrittenText.learner == learner))
            return {row.task: row for row in found}

    def save(self, learner: str, task: str, text: str, version: int) -> WrittenText:
        """Put a text in the place of the one with this version (0: there was none); another text has no points yet.

        Raises TextChanged where another version stands there, and GradebookError.
        """
        with self._changing() as session:
            row = session.scalar(_own(learner, task)) or WrittenText(learner=learner, task=task, version=0, text="")
            if text == row.text and row.version:
                return row
            if version != row.version:
                raise TextChanged(row)
            row.text, row.version, row.points, row.rubric = text, row.version + 1, {}, ""
            row.saved = self._clock()
            session.add(row)
            session.commit()
            return row

    def assess(self, learner: str, task: str, version: int, points: Mapping[str, float], rubric: str) -> WrittenText:
        """Keep the points of the text with this version. Raises TextChanged where another one stands there."""
        with self._changing() as session:
            row = session.scalar(_own(learner, task))
            if row is None or row.version != version:
                raise TextChanged(row or WrittenText(learner=learner, task=task, version=0, text=""))
            row.points, row.rubric = dict(points), rubric
            session.commit()
            return row

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        writer = writing(self._engine)
        with plain_errors(writer.url), Session(writer, expire_on_commit=False) as session:
            yield session


def _own(learner: str, task: str) -> Select[WrittenText]:
    return select(WrittenText).where(WrittenText.learner == learner, WrittenText.task == task)
