"""The table behind all exports: one row for each student, one column for each exercise or for their total."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from ..model.feedback import Feedback
from ..report.message import text
from .findings import unloaded
from .marks import Mark
from .queries import identities
from .records import GradebookError, plain
from .tables import GradedCheck, Grading, Student
from .words import told

if TYPE_CHECKING:
    from .book import Gradebook

TOTAL = "total"
DANGEROUS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # a spreadsheet takes a cell that begins like this for a formula
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


@dataclass(frozen=True)
class StudentMarks:
    """A student with their marks by exercise."""

    key: str
    name: str
    section: str
    ids: Mapping[str, str]
    marks: Mapping[str, Mark]

    @property
    def shown(self) -> str:
        """Name and key, where there are both."""
        return f"{self.name} ({self.key})" if self.name and self.name != self.key else self.key

    def points(self, column: str) -> Decimal | None:
        """An exercise's points, or the total of those that there are; None where nothing counts."""
        if column != TOTAL:
            return self.marks[column].points
        there = [m.points for m in self.marks.values() if m.points is not None]
        return sum(there, Decimal(0)) if there else None


@dataclass(frozen=True)
class MarkSheet:
    """An assignment's marks, ready to be written in some format. Rows are sorted by name."""

    assignment: str
    possible: Mapping[str, Decimal]
    rows: Sequence[StudentMarks]
    zone: str = ""  # where times are shown

    def worth(self, column: str) -> Decimal:
        """The points of an exercise, or of all together."""
        return sum(self.possible.values(), Decimal(0)) if column == TOTAL else self.possible[column]

    def unnamed(self) -> list[StudentMarks]:
        """The rows by their points: sorted by name, they would identify students to whoever knows the class."""
        return sorted(self.rows, key=lambda r: (-(r.points(TOTAL) or 0), tuple(plain(r.points(e)) for e in r.marks)))

    def check(self, columns: Iterable[str]) -> None:
        """Raises GradebookError for an unknown column."""
        for column in columns:
            if column != TOTAL and column not in self.possible:
                known = ", ".join([TOTAL, *self.possible])
                raise GradebookError(f"--column {column}=…: '{self.assignment}' has {known}")


def sheet(book: Gradebook, assignment: str) -> MarkSheet:
    """Read the marks and the students' identities."""
    marks: dict[str, dict[str, Mark]] = {}
    for mark in book.marks(assignment):
        marks.setdefault(mark.student, {})[mark.exercise] = mark
    with book.reading() as session:
        ids = identities(session)
        students = session.scalars(select(Student)).all()
        rows = [
            StudentMarks(s.key, s.name, s.section, ids.get(s.id, {}), marks[s.key]) for s in students if s.key in marks
        ]
    possible = {e: m.possible for own in list(marks.values())[:1] for e, m in own.items()}
    if not rows:
        raise GradebookError(f"'{assignment}' has no students or no exercises yet: there is nothing to export")
    plan = book.planned(assignment)
    rows.sort(key=lambda r: ((r.name or r.key).casefold(), r.key))
    return MarkSheet(assignment, possible, rows, plan.zone if plan else "")


def messages(book: Gradebook, mark: Mark, zone: str = "") -> list[str]:
    """What a student should read about a mark: overrides, lateness, and every check that was lost.

    Misconceptions only where the assignment's feedback tells them.
    """
    lines = [f"Set by {mark.author}: {mark.reason}"] if mark.overridden else []
    if mark.excused:
        return [*lines, f"Excused by {mark.late.due.author}: {mark.late.due.reason}"]
    if mark.grading is None:
        return lines
    if not mark.overridden:
        lines += [f"{text[0].upper()}{text[1:]}." for text in told(mark.late, mark.cost, zone)]
    with book.reading() as session:
        grading = session.get_one(Grading, mark.grading)
        lines += [text(finding) for finding in unloaded(grading)]
        level = Feedback(grading.attempt.item.assignment.feedback)
        return lines + _lost(grading.checks, named=level.tells(Feedback.NAME))


def _lost(checks: Iterable[GradedCheck], *, named: bool) -> list[str]:
    """A line for each check that was lost; a misconception is explained once, if it is to be named."""
    lines, told = [], set()
    for check in (c for c in checks if c.verdict != "accepted"):
        hint = "" if check.misconception in told else f": {check.misconception_hint}"
        name = f" {check.misconception_title}{hint}" if check.misconception and named else ""
        told.add(check.misconception)
        lines.append(f"{check.title} ({plain(check.score)}/{plain(check.max_score)}){name}")
    return lines


def guarded(text: str) -> str:
    """A cell of text that no spreadsheet takes for a formula; numbers stay as they are."""
    return f"'{text}" if DANGEROUS.match(text) and not NUMBER.fullmatch(text) else text


def written(rows: Iterable[Sequence[str]]) -> str:
    """Comma-separated, every line ended by CR LF as RFC 4180 wants it."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
