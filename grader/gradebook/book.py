"""The gradebook: opened, written to, read from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from ..clean import clean
from ..model.feedback import Feedback
from . import arrivals, better, changes, comments, downloads, due, enrolment, entries, queries, runs, students
from .comments import Commentable
from .history import history
from .late import Due
from .marks import Mark, marks
from .migrate import opened
from .queries import Stored
from .records import (
    Allowance,
    Downloaded,
    EntryError,
    GradebookError,
    Graded,
    KnownStudent,
    Person,
    Plan,
    SeenAgain,
    Work,
)
from .session import HeldDatabase, collided, plain_errors, writing
from .tables import Assignment, Incident

T = TypeVar("T")
TRIES = 5  # another process may make the same student or source at the same moment


class Gradebook(HeldDatabase):
    """One database. Use it in the process that opened it, and close it; `with Gradebook.open(…) as book` does."""

    def __init__(self, engine: Engine, backup: Path | None = None):
        self.engine, self.backup = engine, backup

    @classmethod
    def open(cls, where: str | Path, *, create: bool = True) -> Gradebook:
        """A path, `sqlite:///path` or `postgresql://…`. Tables are made or brought up to date.

        `backup` of the result is where an older file was copied to before. Raises GradebookError.
        """
        return cls(*opened(where, create=create))

    # ---------------------------------------------------------------- writing: one transaction each

    def begin(self, assignment: str, seed: int | None, *, fresh: bool) -> tuple[str, int]:
        """The run that a batch goes on with, and its seed: the assignment's last; a new one if `fresh` or seeded."""
        return self._write(lambda session: runs.begin(session, assignment, seed, fresh))

    def plan(self, plan: Plan, *, without: Collection[str] = (), author: str = "") -> None:
        """Make the assignment, or change its deadline, rules and points; `author` did so, says the history.

        Exercises are added; those in `without` count for nothing any more, and keep their gradings.
        """
        self._write(lambda session: entries.plan(session, plan, without, author))

    def add_exercise(self, assignment: str, exercise: str, points: Decimal, *, author: str = "") -> None:
        """Add an exercise, and the assignment, unless they are there: no setting changes."""
        self._write(lambda session: entries.add_exercise(session, assignment, exercise, points, author))

    def extend(self, given: Allowance) -> None:
        """Give a student, a section or all a later deadline, more time or an excuse. Raises GradebookError."""
        self._write(lambda session: entries.extend(session, given))

    def set_late_days(self, days: int, *, author: str = "") -> None:
        """Give each student so many late days for all assignments together."""
        self._write(lambda session: changes.set_late_days(session, days, author))

    def seen_again(self, assignment: str, seen: Sequence[SeenAgain]) -> None:
        """Write down when work that is in the gradebook was handed in again, or when it was, if that is known now."""
        if seen:
            self._write(lambda session: arrivals.seen_again(session, assignment, seen))

    def enrol(self, people: Iterable[Person], *, handed_in: bool = False) -> None:
        """Add students, or bring their names and ids up to date; what was `handed_in` only adds to what is known.

        Raises GradebookError if two share an id.
        """
        people = list(people)
        self._write(lambda session: enrolment.enrol(session, people, handed_in=handed_in))

    def record(self, graded: Graded) -> bool:
        """Commit one grading with all its checks. False: this run had it already, and nothing was changed.

        A grading that our own error spoiled gives way to a sound one of the same run, and stays in the history.
        """
        return self.record_all([graded])[0]

    def record_all(self, graded: Sequence[Graded]) -> list[bool]:
        """Commit gradings together, all or none, each as `record` does: one sync of the disk for all of them."""
        return self._write(lambda session: [entries.record(session, one) for one in graded])

    def record_if_better(self, graded: Graded) -> bool:
        """Commit a grading of an attempt that is there if it raises the computed mark; True if it was recorded."""
        return self._write(lambda session: better.record_if_better(session, graded))

    def tried(self, assignment: str, graded: Sequence[Graded], *, only_better: bool) -> tuple[list[Mark], int]:
        """The marks as they would be with these gradings, and how many of them are recorded; nothing is kept."""
        record = better.record_if_better if only_better else entries.record

        def trial(session: Session) -> tuple[list[Mark], int]:
            recorded = sum(record(session, one) for one in graded)
            return marks(session, entries.assignment(session, assignment)), recorded

        return self._write(trial, keep=False)

    def incident(self, assignment: str, student: str, exercise: str, run: str, message: str) -> None:
        """Record an error of the grader's own; marks are not changed."""
        texts = [clean(text) for text in (assignment, student, exercise, run, message)]
        names = ("assignment", "student", "exercise", "run", "message")
        self._write(lambda session: session.add(Incident(at=_now(), **dict(zip(names, texts, strict=True)))))

    def downloaded(self, assignment: str, names: Iterable[Downloaded]) -> None:
        """Remember what a download calls its students' files, in place of what an earlier one did."""
        names = list(names)
        self._write(lambda session: downloads.downloaded(session, assignment, names))

    def override(
        self,
        assignment: str,
        student: str,
        exercise: str,
        points: Decimal | None,
        *,
        reason: str,
        author: str,
        above: bool = False,
    ) -> None:
        """Let a person's points count instead of the computed ones, which are kept; None undoes it.

        Raises GradebookError: for more points than there are, unless `above`; for who has withdrawn, as none count.
        """

        def add(session: Session) -> None:
            item, whose = entries.item(session, assignment, exercise), entries.student(session, student)
            changes.override(session, whose, item, points, reason=reason, author=author, above=above)

        self._write(add)

    def comment(self, what: Commentable, file: str, line: int, text: str, *, cause: str, author: str) -> None:
        """Write beside a line of a student's file. Raises GradebookError."""
        self._write(lambda session: comments.add(session, what, file, line, text, cause=cause, author=author))

    def uncomment(self, student: str, number: int, *, author: str) -> str:
        """Remove a student's comment; where it was. Raises GradebookError."""
        return self._write(lambda session: comments.remove(session, student, number, author).place)

    def note(self, assignment: str, problems: Sequence[runs.Noted]) -> None:
        """Keep what a batch found odd, for the class's page."""
        self._write(lambda session: runs.note(session, assignment, problems))

    # ---------------------------------------------------------------- who is who: told of in lines for people

    def merge(self, kept: str, other: str, *, author: str) -> list[str]:
        """Let one student stand for both, and say what now counts. Raises GradebookError."""
        return self._write(lambda session: students.merge(session, kept, other, author))

    def rename(self, who: str, name: str, *, author: str) -> str:
        """Give a student another name, which no roster changes again. Raises GradebookError."""
        return self._write(lambda session: students.rename(session, who, name, author))

    def withdraw(self, who: str, *, author: str) -> str:
        """Take a student off all lists; what was graded is kept. Raises GradebookError."""
        return self._write(lambda session: students.withdraw(session, who, author))

    def undo(self, *, author: str) -> list[str]:
        """Take back the last of these decisions that stands. Raises GradebookError."""
        return self._write(lambda session: students.undo(session, author))

    def students(self) -> list[KnownStudent]:
        """Everybody, by name."""
        with self.reading() as session:
            return students.students(session)

    def parted(self) -> set[frozenset[str]]:
        """The pairs of keys whose merge was taken back."""
        with self.reading() as session:
            return students.parted(session)

    # ---------------------------------------------------------------- reading

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for queries over `tables`."""
        with plain_errors(self.url), Session(self.engine) as session:
            yield session

    def done(self, assignment: str, run: str) -> set[tuple[str, str, str, str]]:
        """What this run has graded soundly: (student, exercise, work's digest, label)."""
        with self.reading() as session:
            return queries.done(session, assignment, run)

    def planned(self, assignment: str) -> Plan | None:
        """The assignment as it was planned, if there is one."""
        with self.reading() as session:
            return queries.planned(session, assignment)

    def stored(self, assignment: str, *, exercise: str | None = None, student: str | None = None) -> list[Stored]:
        """The attempts whose sources can be graded again."""
        with self.reading() as session:
            return queries.stored(session, assignment, exercise, student)

    def work(self, source: int) -> Work:
        """A source that `stored` named."""
        with self.reading() as session:
            return queries.work(session, source)

    def history(self, assignment: str, student: str | None = None) -> list[str]:
        """What happened to the assignment, and to a student's work and marks in it, oldest first, a line each."""
        with self.reading() as session:
            return history(session, assignment, student)

    def snapshot(self) -> list[tuple[str, ...]]:
        """All content that does not depend on clocks or on the order of arrival: equal gradebooks have equal ones."""
        with self.reading() as session:
            return list(queries.snapshot(session))

    def extension(self, assignment: str, student: str = "", section: str = "") -> bool:
        """Whether this student, this section, or (neither) everybody was given something that still holds."""
        with self.reading() as session:
            whose = entries.student(session, student).id if student else None
            return due.gives(due.newest(session, entries.assignment(session, assignment)).get((whose, section)))

    def due(self, assignment: str, student: str) -> Due:
        """When an assignment is due for a student."""
        with self.reading() as session:
            return due.Dues(session, entries.assignment(session, assignment)).of(entries.student(session, student))

    def feedback(self, assignment: str) -> Feedback:
        """How much students are told now."""
        with self.reading() as session:
            return due.feedback(session, entries.assignment(session, assignment), _now())

    def late_days(self) -> int | None:
        """How many late days each student has in the course; None where there is no such rule."""
        with self.reading() as session:
            return due.late_days(session)

    def days_used(self) -> dict[str, dict[str, int]]:
        """Student's key → assignment → late days used."""
        with self.reading() as session:
            return due.days_used(session)

    def find_student(self, who: str) -> str:
        """The key of a student, from it or from any of their ids. Raises GradebookError."""
        with self.reading() as session:
            return entries.student(session, who).key

    def assignments(self) -> list[str]:
        """Names, oldest first."""
        with self.reading() as session:
            return list(session.scalars(select(Assignment.name).order_by(Assignment.id)))

    def the_assignment(self, name: str | None) -> str:
        """This one, or the only one there is. Raises GradebookError."""
        names = self.assignments()
        if name in names or (name is None and len(names) == 1):
            return name or names[0]
        listed = ", ".join(names) or "none yet"
        asked = "Which assignment?" if name is None else f"There is no assignment '{clean(name, 100)}'."
        raise GradebookError(f"{asked} --assignment NAME; in this gradebook: {listed}")

    def marks(self, assignment: str) -> list[Mark]:
        """What counts, for every student and exercise of the assignment."""
        with self.reading() as session:
            return marks(session, entries.assignment(session, assignment))

    def _write(self, work: Callable[[Session], T], *, keep: bool = True) -> T:
        """Do the work in one transaction, which is taken back unless `keep`; again if another changed the same rows."""
        with plain_errors(self.url):
            for _ in range(TRIES):
                try:
                    with Session(writing(self.engine)) as session, session.begin() as transaction:
                        done = work(session)
                        if not keep:
                            transaction.rollback()
                        return done
                except DBAPIError as error:
                    if not collided(error):
                        raise
                    last = error
        raise EntryError(f"two entries contradict each other: {clean(str(last.orig), 300)}")


def _now() -> datetime:
    return datetime.now(UTC)
