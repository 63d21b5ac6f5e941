"""Comments that people write beside a line of a student's file; they stay, however often that file is graded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from ..clean import clean, line
from . import entries
from .base import Base
from .marks import marks
from .records import GradebookError, Work
from .tables import Assignment, Attempt, Grading, Item, Source, Student

AROUND = 2  # lines shown before and after the one that is meant
MOST = 2000  # characters
PERSON_ROW = aliased(Student)


class Comment(Base):
    """A person's words about a line (0: about the whole) of what was handed in; one that was removed stays.

    `cause`: the key of the cause that it is about, by which it is found again for others.
    """

    __tablename__ = "comments"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    file: Mapped[str]
    line: Mapped[int]
    text: Mapped[str]
    cause: Mapped[str] = mapped_column(index=True)
    author: Mapped[str]
    at: Mapped[datetime]
    removed_by: Mapped[str | None]
    removed_at: Mapped[datetime | None]
    attempt: Mapped[Attempt] = relationship()

    @property
    def place(self) -> str:
        """The line, for people."""
        return _place(self.file, self.line)


@dataclass(frozen=True)
class LineComment:
    """A comment that stands, with the lines around the one that it is beside: number, text, whether it is the one.

    `superseded`: it is about a file in whose place another one counts.
    """

    number: int
    file: str
    line: int
    text: str
    author: str
    at: datetime
    code: Sequence[tuple[int, str, bool]] = ()
    superseded: bool = False

    @property
    def place(self) -> str:
        """The line, for people."""
        return _place(self.file, self.line)


@dataclass(frozen=True)
class Commentable:
    """What counts for a student's exercise: the attempt, the grading and the files."""

    student: str
    exercise: str
    attempt: int
    grading: int
    work: Work

    def file(self, name: str) -> str:
        """The main file, or the one of this name. Raises GradebookError."""
        sources = [f for f in self.work.files if f.endswith(".py")]
        found = [f for f in sources if not name or f == name or f.endswith("/" + name)]
        if not name and self.work.main in found:
            return self.work.main
        if len(found) != 1:
            raise GradebookError(f"which file? EXERCISE:FILE:LINE with one of {', '.join(map(line, sources))}")
        return found[0]

    def around(self, file: str, number: int) -> list[tuple[int, str, bool]]:
        """The line and some around it. Raises GradebookError where there is no such line."""
        lines = self.work.files[file].decode("utf-8", "replace").splitlines()
        if not 0 <= number <= len(lines):
            raise GradebookError(f"{line(file)} has {len(lines)} lines, and no line {number}")
        return _around(lines, number)


def commentable(session: Session, assignment: str, who: str, exercise: str) -> Commentable:
    """What a comment can be about. Raises GradebookError where nothing was handed in."""
    plan, whose = entries.assignment(session, assignment), entries.student(session, who)
    item = entries.item(session, assignment, exercise)
    found = next((m.grading for m in marks(session, plan, whose.id) if m.exercise == item.exercise), None)
    if found is None:
        raise GradebookError(f"{whose.key} has handed in nothing for {item.exercise} that was graded")
    attempt = session.get_one(Grading, found).attempt
    source = attempt.source
    work = Work.unpacked(source.archive, source.main, source.problem)
    return Commentable(whose.key, item.exercise, attempt.id, found, work)


def add(session: Session, what: Commentable, file: str, number: int, text: str, *, cause: str, author: str) -> None:
    """Write a comment down. Raises GradebookError for no text, or a line that is not there."""
    if not text.strip():
        raise GradebookError("a comment may not be empty")
    what.around(file, number)
    words = {"file": line(file), "text": clean(text.strip(), MOST), "author": line(author), "cause": cause}
    session.add(Comment(attempt_id=what.attempt, line=number, at=datetime.now(UTC), **words))


def remove(session: Session, who: str, number: int, author: str) -> Comment:
    """Take a student's comment away. Raises GradebookError."""
    whose, found = entries.student(session, who), session.get(Comment, number)
    if found is None or found.removed_at is not None or found.attempt.student.person != whose.id:
        raise GradebookError(f"{whose.key} has no comment {number}; `grade comment {whose.key}` lists them")
    found.removed_by, found.removed_at = line(author), datetime.now(UTC)
    return found


def earlier(session: Session, exercise: str, cause: str) -> list[tuple[str, int]]:
    """What was said of the same cause in any assignment, and how often; the most frequent first."""
    query = select(Comment.text).join(Attempt).join(Item)
    query = query.where(Item.exercise == exercise, Comment.cause == cause, Comment.removed_at.is_(None))
    return Counter(session.scalars(query.order_by(Comment.id))).most_common()


def standing(session: Session, assignment: str) -> dict[tuple[str, str], list[LineComment]]:
    """(Student's key, exercise) → the comments that were not removed, by file and line."""
    found: dict[tuple[str, str], list[LineComment]] = defaultdict(list)
    rows = list(_rows(session, assignment))
    counting = _counting_sources(session, assignment, {(key, exercise) for key, exercise, *_ in rows})
    for key, exercise, comment, source in rows:
        lines = _lines(source, comment.file)
        facts = comment.id, comment.file, comment.line, comment.text, comment.author, comment.at
        shown = _around(lines, comment.line) if comment.line <= len(lines) else []
        found[key, exercise].append(LineComment(*facts, shown, counting.get((key, exercise)) != source.id))
    return found


def _rows(session: Session, assignment: str) -> Iterator[tuple[str, str, Comment, Source]]:
    query = (
        select(PERSON_ROW.key, Item.exercise, Comment, Source)
        .select_from(Comment)
        .join(Attempt, Attempt.id == Comment.attempt_id)
        .join(Student, Student.id == Attempt.student_id)
        .join(PERSON_ROW, PERSON_ROW.id == Student.person)
        .join(Item, Item.id == Attempt.item_id)
        .join(Assignment, Assignment.id == Item.assignment_id)
        .join(Source, Source.id == Attempt.source_id)
        .where(Assignment.name == assignment, Comment.removed_at.is_(None))
        .order_by(Comment.file, Comment.line, Comment.id)
    )
    for row in session.execute(query):
        yield row[0], row[1], row[2], row[3]


def _counting_sources(session: Session, assignment: str, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """(Student's key, exercise) → the source that counts."""
    if not wanted:
        return {}
    found = marks(session, entries.assignment(session, assignment))
    gradings = {m.grading: (m.student, m.exercise) for m in found if (m.student, m.exercise) in wanted and m.grading}
    query = select(Grading.id, Attempt.source_id).join(Attempt).where(Grading.id.in_(gradings))
    return {gradings[number]: source for number, source in session.execute(query)}


def _lines(source: Source, file: str) -> list[str]:
    files = Work.unpacked(source.archive, source.main, source.problem).files
    return next(
        (data.decode("utf-8", "replace").splitlines() for name, data in files.items() if line(name) == file), []
    )


def _place(file: str, number: int) -> str:
    return f"{file}, line {number}" if number else file


def _around(lines: Sequence[str], number: int) -> list[tuple[int, str, bool]]:
    if not number:
        return []
    shown = range(max(1, number - AROUND), min(len(lines), number + AROUND) + 1)
    return [(n, lines[n - 1], n == number) for n in shown]
