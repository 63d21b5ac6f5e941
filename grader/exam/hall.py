"""Where exams are sat: each is made, started, answered and ended here, and every change is on the disk at once.

Time is the clock on the wall: an exam that was started runs on whether or not anybody looks at it. Whoever asks after
its time finds it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from generators.paper import Paper

from ..errors import GraderError
from ..gradebook.migrate import opened
from ..gradebook.session import HeldDatabase, plain_errors, writing
from ..gradebook.sitting_tables import ExamAnswer, ExamSitting
from ..practice.place import kept
from .clock import ExamClock
from .state import Exam, ExamEnding, KeptAnswer

NAME = "exams.sqlite"
GRACE = timedelta(seconds=10)
"""What was on its way when time ran out still counts."""
LONGEST = 20_000
"""Characters of an answer."""
MOST_TIME = Decimal(4)
"""Times the time of everybody else."""


class ExamError(GraderError):
    """There is no such exam, or it is not in a state for this. The message is for the candidate."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What a window wants to stand at a question, and what it knew: see `ExamAnswer`."""

    number: int
    answer: str
    marked: bool
    base: int
    writer: str
    turn: int


@dataclass(frozen=True, slots=True)
class TakenChange:
    """What became of a change, and what stands at the question now.

    `outcome`: `saved`, `conflict` (another window changed it meanwhile, and nothing was written), or `late`.
    """

    number: int
    outcome: str
    kept: KeptAnswer


def place() -> Path:
    """The file of the person whose machine this is, whether it is there or not."""
    return kept() / NAME


class ExamHall(HeldDatabase):
    """The exams in one database. `clock` tells the time, in UTC. `with ExamHall.open() as hall` closes it."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.engine, self.clock = engine, clock
        self._paper = lru_cache(maxsize=64)(self._read_paper)

    @classmethod
    def open(cls, where: str | Path | None = None) -> ExamHall:
        """A file, or a database by URL; one's own file otherwise. Tables are made. Raises GradebookError."""
        if where is None:
            place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine, _ = opened(where or place())
        return cls(engine)

    # ---------------------------------------------------------------- an exam's life

    def make(
        self, paper: Paper, *, learner: str = "", factor: Decimal = Decimal(1), decimal_comma: bool = False
    ) -> int:
        """An exam on this paper, not started yet; returns its number. Raises ExamError."""
        if not 1 <= factor <= MOST_TIME:
            raise ExamError(f"extra time: {factor} times the time is not between 1 and {MOST_TIME}")
        row = ExamSitting(paper=paper.as_json(), learner=learner, seconds=round(paper.minutes * 60), factor=factor,
                          decimal_comma=decimal_comma, made=self.clock())  # fmt: skip
        with self._writing() as session:
            session.add(row)
            session.flush()
            return row.id

    def start(self, number: int, learner: str = "") -> None:
        """Start its clock; one that runs or is over stays as it is. Raises ExamError."""
        with self._writing() as session:
            row = self._row(session, number, learner, lock=True)
            if row.started is None:
                row.started = self.clock()

    def finish(self, number: int, learner: str = "") -> None:
        """The candidate ends it. Raises ExamError if it was not started."""
        with self._writing() as session:
            row = self._row(session, number, learner, lock=True)
            if row.started is None:
                raise ExamError("this exam was not started")
            self._end_by_time(row)
            if row.ended is None:
                row.ended, row.ending = self.clock(), ExamEnding.CANDIDATE

    def take(self, number: int, changes: Sequence[AnswerChange], at: int | None = None, learner: str = ""
             ) -> list[TakenChange]:  # fmt: skip
        """Commit changes, and the question that is looked at. Raises ExamError for what no window of ours sends."""
        count = len(self._paper(number).questions)
        if any(not 1 <= n <= count for n in (*(change.number for change in changes), at or 1)):
            raise ExamError(f"there are questions 1 to {count}")
        if any(len(change.answer) > LONGEST for change in changes):
            raise ExamError(f"an answer has at most {LONGEST} characters")
        with self._writing() as session:
            row = self._row(session, number, learner, lock=True)
            if row.started is None:
                raise ExamError("this exam was not started")
            self._end_by_time(row)
            row.at = at or row.at
            taken = _open(row, self.clock())
            return [_changed(session, row.id, change, self.clock(), taken) for change in changes]

    def look(self, number: int, learner: str = "") -> Exam:
        """The exam as it is now; one whose time is over is ended. Raises ExamError."""
        now = self.clock()
        with self._writing() as session:
            row = self._row(session, number, learner, lock=True)
            self._end_by_time(row)
            found = session.scalars(select(ExamAnswer).where(ExamAnswer.sitting_id == row.id))
            answers = {answer.number: _kept(answer) for answer in found}
            return Exam(row.id, self._paper(row.id), row.seconds, now, row.made, row.learner, row.factor,
                        row.decimal_comma, row.started, row.ended, ExamEnding(row.ending), row.at,
                        answers)  # fmt: skip

    def delete(self, number: int, learner: str = "") -> None:
        """Forget an exam and its answers, for good. Raises ExamError for one whose clock runs."""
        with self._writing() as session:
            row = self._row(session, number, learner, lock=True)
            self._end_by_time(row)
            if row.started is not None and row.ended is None:
                raise ExamError("this exam is running: end it first")
            session.execute(delete(ExamAnswer).where(ExamAnswer.sitting_id == row.id))
            session.delete(row)

    def exams(self, learner: str = "") -> list[Exam]:
        """All exams of a person, the newest first."""
        with Session(self.engine) as session:
            wanted = select(ExamSitting.id).where(ExamSitting.learner == learner).order_by(ExamSitting.id.desc())
            numbers = list(session.scalars(wanted))
        return [self.look(number, learner) for number in numbers]

    # ---------------------------------------------------------------- inside

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        """One transaction, on the disk when it ends."""
        with plain_errors(self.url), Session(writing(self.engine)) as session, session.begin():
            yield session

    def _row(self, session: Session, number: int, learner: str, *, lock: bool = False) -> ExamSitting:
        wanted = select(ExamSitting).where(ExamSitting.id == number, ExamSitting.learner == learner)
        row = session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
        if row is None:
            raise ExamError(f"there is no exam {number}")
        return row

    def _read_paper(self, number: int) -> Paper:
        with Session(self.engine) as session:
            found = session.scalar(select(ExamSitting.paper).where(ExamSitting.id == number))
        if found is None:
            raise ExamError(f"there is no exam {number}")
        return Paper.from_json(found)

    def _end_by_time(self, row: ExamSitting) -> None:
        over = _over(row)
        if over is not None and row.ended is None and self.clock() >= over:
            row.ended, row.ending = over, ExamEnding.TIME


def _over(row: ExamSitting) -> datetime | None:
    """When its time is over; None before the start."""
    return ExamClock(row.seconds, row.factor, row.started).over


def _open(row: ExamSitting, now: datetime) -> bool:
    """Whether an answer that arrives now counts."""
    over = _over(row)
    return over is not None and row.ending != ExamEnding.CANDIDATE and now <= over + GRACE


def _changed(session: Session, sitting: int, change: AnswerChange, now: datetime, taken: bool) -> TakenChange:
    wanted = select(ExamAnswer).where(ExamAnswer.sitting_id == sitting, ExamAnswer.number == change.number)
    row = session.scalars(wanted).one_or_none()
    if row is None:
        row = ExamAnswer(sitting_id=sitting, number=change.number, answer="", marked=False, version=0, writer="",
                         base=0, turn=0, saved=now)  # fmt: skip
        session.add(row)
    outcome = _outcome(row, change, taken)
    if outcome == "late":
        row.late = change.answer if change.answer != row.answer else row.late
    elif outcome == "saved":
        _write(row, change, now)
    return TakenChange(change.number, "saved" if outcome == "known" else outcome, _kept(row))


def _outcome(row: ExamAnswer, change: AnswerChange, taken: bool) -> str:
    """`known` is what was committed already, though its window may not have heard of it."""
    own = row.writer == change.writer and row.base == change.base
    same = (row.answer, row.marked) == (change.answer, change.marked)
    if (own and change.turn <= row.turn) or (same and row.version):
        return "known"
    if not taken:
        return "late"
    return "saved" if own or change.base == row.version else "conflict"


def _write(row: ExamAnswer, change: AnswerChange, now: datetime) -> None:
    row.answer, row.marked, row.version = change.answer, change.marked, row.version + 1
    row.writer, row.base, row.turn, row.saved = change.writer, change.base, change.turn, now


def _kept(row: ExamAnswer) -> KeptAnswer:
    return KeptAnswer(row.answer, row.marked, row.version, row.late)
