"""The gradebook's tables.

Student ─< Identifier                  who: a key, and the ids that other systems use
Student ─< Student                     one person, entered as two
Student ─< StudentChange               who decided that, and when
Assignment ─< Item                     what: exercises, points, deadline, late rule
(Student, Item, Source) → Attempt      one piece of work
Attempt ─< Arrival                     each time that it was handed in
Attempt ─< Grading ─< GradedCheck      one run of the grader over it; the newest run counts, all are kept
(Student, Item) ─< Override            a person's points, beside the computed ones; the newest counts, all are kept
(Assignment, Student) ─< Download      what the platform's download calls a student's files: feedback goes back there
Assignment ─< Extension                a later deadline, more time or an excuse, for a student, a section or all
Assignment ─< SettingChange                   a setting that was changed: from what to what, when, by whom
CourseRules                            what holds for all assignments
Incident                               the grader failed, not the student

Beside what uses them: the runs of batches (`runs.py`), comments on attempts (`comments.py`).
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, LargeBinary, UniqueConstraint, false, func, true
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Base


class Student(Base):
    """A person, known here by `key` (an e-mail address, a student number, the name of a folder).

    Who was entered twice has two rows. One was `merged_into` the other, which stands for both; `person` is its number.
    """

    __tablename__ = "students"

    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    identifiers: Mapped[list[Identifier]] = relationship(back_populates="student", order_by="Identifier.kind")

    @hybrid_property
    def person(self) -> int:
        """The number of the row that stands for this person."""
        return self.merged_into or self.id

    @person.inplace.expression
    @classmethod
    def _person(cls) -> ColumnElement[int]:
        return func.coalesce(cls.merged_into, cls.id)

    @property
    def ids(self) -> dict[str, str]:
        """Kind of identifier → value."""
        return {i.kind: i.value for i in self.identifiers}


class Identifier(Base):
    """What another system calls a student: one value of each kind (`email`, `sis`, `login`, `canvas`, `moodle`, …)."""

    __tablename__ = "identifiers"
    __table_args__ = (UniqueConstraint("kind", "value"), UniqueConstraint("student_id", "kind"))

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    kind: Mapped[str]
    value: Mapped[str]
    student: Mapped[Student] = relationship(back_populates="identifiers")


class StudentChange(Base):
    """A decision about who is who, by `kind`: `merge` of a student into another, `rename`, `withdraw`.

    `before` is what undoing it needs. One that was taken back stays, with who did so and when.
    """

    __tablename__ = "student_changes"

    kind: Mapped[str]
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    into_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    before: Mapped[dict[str, Any]]
    author: Mapped[str]
    at: Mapped[datetime]
    undone_by: Mapped[str | None]
    undone_at: Mapped[datetime | None]
    student: Mapped[Student] = relationship(foreign_keys=student_id)
    into: Mapped[Student | None] = relationship(foreign_keys=into_id)


class Assignment(Base):
    """Exercises with a deadline. `grace` is in seconds; `percent_per_day` and `late_cap` are of the points possible.

    `zone` is where times are shown: a name, an offset, or nothing for this machine's.
    """

    __tablename__ = "assignments"

    name: Mapped[str] = mapped_column(unique=True)
    opens: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(default="", server_default="")
    grace: Mapped[int] = mapped_column(default=0)
    percent_per_day: Mapped[Decimal] = mapped_column(default=Decimal(0))
    late_cap: Mapped[Decimal] = mapped_column(default=Decimal(100))
    keep: Mapped[str] = mapped_column(default="best")
    feedback: Mapped[str] = mapped_column(default="case", server_default="case")
    feedback_after: Mapped[str | None]  # once it is due for nobody any more, if another
    closed: Mapped[bool] = mapped_column(default=False, server_default=false())
    every_item: Mapped[list[Item]] = relationship(back_populates="assignment", order_by="Item.id")

    @property
    def items(self) -> list[Item]:
        """Those that are part of it now."""
        return [item for item in self.every_item if not item.removed]


class Item(Base):
    """An exercise in an assignment, and the points it is worth there; one that was `removed` counts for nothing."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("assignment_id", "exercise"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    exercise: Mapped[str]
    points: Mapped[Decimal]
    removed: Mapped[bool] = mapped_column(default=False, server_default=false())
    assignment: Mapped[Assignment] = relationship(back_populates="every_item")


class Source(Base):
    """What was handed in: a zip of its files, kept once however often it comes. It never leaves the gradebook."""

    __tablename__ = "sources"

    digest: Mapped[str] = mapped_column(unique=True)
    main: Mapped[str]
    problem: Mapped[str]
    archive: Mapped[bytes] = mapped_column(LargeBinary)


class Attempt(Base):
    """One student's work for one item. `label` tells apart the same bytes handed in twice (an LMS's attempt number)."""

    __tablename__ = "attempts"
    __table_args__ = (UniqueConstraint("student_id", "item_id", "source_id", "label"),)

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    label: Mapped[str] = mapped_column(default="")
    file: Mapped[str]
    student: Mapped[Student] = relationship()
    item: Mapped[Item] = relationship()
    source: Mapped[Source] = relationship()
    gradings: Mapped[list[Grading]] = relationship(back_populates="attempt", order_by="Grading.id")
    arrivals: Mapped[list[Arrival]] = relationship(order_by="Arrival.id")


class Arrival(Base):
    """One time that an attempt was handed in, in the order in which the gradebook learned of them.

    `at` null: not known. `source` says who tells; `late`: they say late, and not by how much. `clock`: what theirs
    showed, where it names no zone.
    """

    __tablename__ = "arrivals"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(default="")
    late: Mapped[bool] = mapped_column(default=False)
    clock: Mapped[str] = mapped_column(default="")


class Grading(Base):
    """One run of the grader over an attempt. `run` names the batch; within one, an attempt is graded once."""

    __tablename__ = "gradings"
    __table_args__ = (UniqueConstraint("attempt_id", "run"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    run: Mapped[str]
    graded_at: Mapped[datetime]
    seed: Mapped[str] = mapped_column()  # text: seeds may be larger than a database's integers
    isolation: Mapped[str]
    environment: Mapped[dict[str, Any]]
    title: Mapped[str]
    score: Mapped[Decimal]
    max_score: Mapped[Decimal]
    internal_error: Mapped[bool]
    error: Mapped[str]  # in words, of gradings without `unloaded`: older than that is kept
    unloaded: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    causes: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    cause_kinds: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # one for each cause: key, title
    notes: Mapped[list[Any]]
    stdout: Mapped[str]
    seconds: Mapped[float]
    timing: Mapped[bool] = mapped_column(server_default=true())  # whether speed and memory were measured
    edition: Mapped[str | None]  # of the exercise: a digest of its files; null: not known
    attempt: Mapped[Attempt] = relationship(back_populates="gradings")
    checks: Mapped[list[GradedCheck]] = relationship(order_by="GradedCheck.position", cascade="all, delete-orphan")


class GradedCheck(Base):
    """One check of a grading, with the misconception that was found, if one was."""

    __tablename__ = "checks"
    __table_args__ = (UniqueConstraint("grading_id", "position"),)

    grading_id: Mapped[int] = mapped_column(ForeignKey("gradings.id"))
    position: Mapped[int]
    name: Mapped[str]
    title: Mapped[str]
    verdict: Mapped[str]
    score: Mapped[Decimal]
    max_score: Mapped[Decimal]
    max_bonus: Mapped[Decimal | None]  # points beside the score, won if the check was passed; older rows do not know
    message: Mapped[str]  # this and `evidence`: of rows older than `findings`
    findings: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    explanation: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # of at most one
    seconds: Mapped[float]
    misconception: Mapped[str | None] = mapped_column(index=True)
    misconception_title: Mapped[str | None]
    misconception_hint: Mapped[str | None]
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    overlay: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Override(Base):
    """Points that a person gave instead of the computed ones; null: the computed ones count again."""

    __tablename__ = "overrides"

    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    points: Mapped[Decimal | None]
    reason: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]
    student: Mapped[Student] = relationship()
    item: Mapped[Item] = relationship()


class Download(Base):
    """What the newest batch's download calls a student's file or folder/; `participant`: Moodle's number for them."""

    __tablename__ = "downloads"
    __table_args__ = (UniqueConstraint("assignment_id", "student_id", "name"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    name: Mapped[str]
    participant: Mapped[str]


class Extension(Base):
    """A decision about when work is due: for a student, else for a section, else for all.

    The newest of each counts, all are kept; one that gives nothing takes the last one back. `extra_time` is in percent
    of the time from the assignment's opening to its deadline.
    """

    __tablename__ = "extensions"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(ForeignKey("students.id"))
    section: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    extra_time: Mapped[Decimal | None]
    excused: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]
    student: Mapped[Student | None] = relationship()


class SettingChange(Base):
    """A setting of an assignment, or of all (null), that was changed."""

    __tablename__ = "setting_changes"

    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    setting: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    author: Mapped[str]
    at: Mapped[datetime]


class CourseRules(Base):
    """What holds for all assignments; one row at most. `late_days`: how many each student has."""

    __tablename__ = "course_rules"

    late_days: Mapped[int | None]


class Incident(Base):
    """An error of the grader's own on this student's work; it changes no mark."""

    __tablename__ = "incidents"

    assignment: Mapped[str] = mapped_column(index=True)
    student: Mapped[str]
    exercise: Mapped[str]
    run: Mapped[str]
    message: Mapped[str]
    at: Mapped[datetime]
