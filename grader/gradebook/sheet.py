"""The table behind all exports: one row for each student, one column for each exercise or for their total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from .delimited import PARTICIPANT
from .downloads import downloads
from .marks import Mark
from .queries import PersonRow, identities
from .records import GradebookError, name_and_key, plain
from .tables import Assignment, Attempt, Incident, Student

if TYPE_CHECKING:
    from .book import Gradebook

TOTAL = "total"


@dataclass(frozen=True)
class StudentMarks:
    """A student with their marks by exercise.

    `excused` are the exercises that are not asked of them; `waiting` those that they may have handed in, without a
    grading; `zeros` those that have no points but the 0 that `--missing 0` gives.
    """

    key: str
    name: str
    section: str
    ids: Mapping[str, str]
    marks: Mapping[str, Mark]
    excused: Collection[str] = ()
    waiting: Collection[str] = ()
    zeros: Collection[str] = ()

    @property
    def shown(self) -> str:
        """Name and key, where there are both."""
        return name_and_key(self.name, self.key)

    def points(self, column: str) -> Decimal | None:
        """An exercise's points, or the total of those that there are; None where nothing counts.

        Who is excused from an exercise has no total: nobody knows what it would be of.
        """
        if self.excused and (column == TOTAL or column in self.excused):
            return None
        there = [p for e in self._parts(column) if (p := self.marks[e].points) is not None]
        return sum(there, Decimal(0)) if there else None

    def is_excused(self, column: str) -> bool:
        """From the exercise, or from all of them."""
        return bool(self.excused) and all(e in self.excused for e in self._parts(column))

    def is_graded(self, column: str) -> bool:
        """Whether a grading or a person decided every part of it."""
        return all(self.marks[e].points is not None and e not in self.zeros for e in self._parts(column))

    def _parts(self, column: str) -> Collection[str]:
        return self.marks if column == TOTAL else (column,)


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


def sheet(book: Gradebook, assignment: str, *, zero: bool = False) -> MarkSheet:
    """Read the marks and the students' identities.

    With `zero`, who has no mark gets 0 points, unless they are excused or something of theirs waits to be graded.
    """
    marks: dict[str, dict[str, Mark]] = {}
    for mark in book.marks(assignment):
        marks.setdefault(mark.student, {})[mark.exercise] = mark
    with book.reading() as session:
        names = downloads(session, assignment)
        numbers = {key: {PARTICIPANT: d.participant} for key, d in names if d.participant}
        ids, students = identities(session), [s for s in session.scalars(select(Student)) if s.key in marks]
        waiting = _waiting(session, assignment, {key for key, _ in names})
        rows = [
            StudentMarks(
                s.key,
                s.name,
                s.section,
                {**ids.get(s.id, {}), **numbers.get(s.key, {})},
                marks[s.key],
                {e for e, mark in marks[s.key].items() if mark.excused and mark.points is None},
                waiting.get(s.key, ()),
            )
            for s in students
        ]
    possible = {e: m.possible for own in list(marks.values())[:1] for e, m in own.items()}
    if not rows:
        raise GradebookError(f"'{assignment}' has no students or no exercises yet: there is nothing to export")
    plan = book.planned(assignment)
    rows = [with_zeros(row) for row in rows] if zero else rows
    rows.sort(key=lambda r: ((r.name or r.key).casefold(), r.key))
    return MarkSheet(assignment, possible, rows, plan.zone if plan else "")


def _waiting(session: Session, assignment: str, handed_in: Collection[str]) -> dict[str, set[str]]:
    """Student's key → the exercises that the grader failed on; all of them, where it did not come that far.

    All of them also for those who `handed_in` files, not one of which was graded.
    """
    rows = session.execute(select(Student.key, PersonRow.key).join(PersonRow, PersonRow.id == Student.person))
    keys = {row[0]: row[1] for row in rows}
    found: dict[str, set[str]] = defaultdict(set)
    for incident in session.scalars(select(Incident).where(Incident.assignment == assignment)):
        found[keys.get(incident.student, incident.student)].add(incident.exercise)
    plan = session.scalars(select(Assignment).where(Assignment.name == assignment)).one()
    attempts = select(Student.key).join(Attempt).where(Attempt.item_id.in_([item.id for item in plan.items]))
    graded = {keys[key] for key in session.scalars(attempts)}
    for key in {*handed_in} - graded:
        found[key].add("")
    everything = {item.exercise for item in plan.items}
    return {key: everything if "" in exercises else exercises for key, exercises in found.items()}


def with_zeros(row: StudentMarks) -> StudentMarks:
    """With 0 points where there are none, unless something else is known of it."""
    zeros = {e for e, m in row.marks.items() if m.points is None and e not in {*row.excused, *row.waiting}}
    return replace(
        row, zeros=zeros, marks={e: replace(m, points=Decimal(0)) if e in zeros else m for e, m in row.marks.items()}
    )


def listed(rows: Collection[StudentMarks]) -> str:
    """Who they are, for a note: all of them, as somebody has to look after them."""
    return ", ".join(row.key for row in rows)
