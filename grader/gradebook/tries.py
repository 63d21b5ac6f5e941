"""What learners handed in while they worked: kept with its report, read again, and compared with the time before."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, Select, delete, select
from sqlalchemy.orm import Session, undefer

from ..model import Record, Result, record
from ..report import causes
from .kept_try import KeptTry
from .migrate import opened
from .session import HeldDatabase, plain_errors, writing

MOST = 200  # of one learner at one exercise: the oldest go
MOST_LINES = 400  # of a difference between two files
AROUND = 3  # unchanged lines shown around a change


@record()
class TryChange(Record):
    """What differs from the try before: titles of checks that are passed now, and no longer; lines of the files.

    Each line is its sign (`+`, `-`, ` ` or `@` for a place) and its text; `left_out` lines more are not listed.
    """

    won: tuple[str, ...]
    lost: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    left_out: int = 0


class KeptTries(HeldDatabase):
    """The tries of all learners in one database. `with KeptTries.open(where) as tries` closes it."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.engine, self._clock = engine, clock

    @classmethod
    def open(cls, where: str | Path) -> KeptTries:
        """A file, or a database by URL; its tables are made. Raises GradebookError."""
        engine, _ = opened(where)
        return cls(engine)

    def add(self, learner: str, result: Result, files: Mapping[str, bytes], report: str) -> int:
        """Keep a try; returns its number. Raises GradebookError."""
        row = KeptTry(
            learner=learner,
            exercise=result.exercise,
            file=result.file,
            made=self._clock(),
            score=result.score,
            possible=result.max_score,
            full=result.full_marks,
            headline=causes.headline(result.causes[0], result) if result.causes else "",
            checks=[[c.name, c.title, c.score, c.max_score] for c in result.checks],
            files={name: data.decode("utf-8", "replace").replace("\0", "�") for name, data in files.items()},
            report=report,
        )
        with plain_errors(self.url), Session(writing(self.engine)) as session:
            session.add(row)
            session.flush()
            number = row.id
            kept = _of(learner, result.exercise).with_only_columns(KeptTry.id).limit(MOST)
            old = (KeptTry.learner == learner) & (KeptTry.exercise == result.exercise) & KeptTry.id.not_in(kept)
            session.execute(delete(KeptTry).where(old))
            session.commit()
        return number

    def of(self, learner: str, exercise: str) -> list[KeptTry]:
        """The tries at an exercise, the newest first, without files and reports. Raises GradebookError."""
        with plain_errors(self.url), Session(self.engine) as session:
            return [*session.scalars(_of(learner, exercise))]

    def one(self, learner: str, exercise: str, number: int) -> KeptTry | None:
        """A try, whole; None where this learner has none of this number. Raises GradebookError."""
        with plain_errors(self.url), Session(self.engine) as session:
            whole = undefer(KeptTry.files), undefer(KeptTry.report)
            return session.scalar(_of(learner, exercise).where(KeptTry.id == number).options(*whole))

    def before(self, found: KeptTry) -> KeptTry | None:
        """The try before this one, whole. Raises GradebookError."""
        with plain_errors(self.url), Session(self.engine) as session:
            earlier = _of(found.learner, found.exercise).where(KeptTry.id < found.id).limit(1)
            return session.scalar(earlier.options(undefer(KeptTry.files), undefer(KeptTry.report)))


def _of(learner: str, exercise: str) -> Select[KeptTry]:
    own = (KeptTry.learner == learner) & (KeptTry.exercise == exercise)
    return select(KeptTry).where(own).order_by(KeptTry.id.desc())


def changed(before: KeptTry, after: KeptTry) -> TryChange:
    """What differs between two tries at one exercise."""
    earlier, now = _passed(before), _passed(after)
    titles = {name: title for name, title, *_ in [*before.checks, *after.checks]}
    lines = _lines(before.files, after.files)
    return TryChange(
        won=tuple(titles[name] for name in now if name not in earlier),
        lost=tuple(titles[name] for name in earlier if name not in now),
        lines=tuple(lines[:MOST_LINES]),
        left_out=max(0, len(lines) - MOST_LINES),
    )


def _passed(found: KeptTry) -> list[str]:
    return [name for name, _, score, possible in found.checks if score >= possible]


def _lines(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str]]:
    """The files' difference; a file is named where there are several."""
    names = sorted({*before, *after})
    found: list[tuple[str, str]] = []
    for name in names:
        own = _difference(before.get(name, ""), after.get(name, ""))
        found += [("@", name), *own] if own and len(names) > 1 else own
    return found


def _difference(before: str, after: str) -> list[tuple[str, str]]:
    old, new = before.splitlines(), after.splitlines()
    _, _, *rows = [*difflib.unified_diff(old, new, lineterm="", n=AROUND)] or ["", ""]
    return [(row[0], _place(row) if row[0] == "@" else row[1:]) for row in rows]


def _place(row: str) -> str:
    """`@@ -3,7 +3,8 @@` in words: the line of the newer file."""
    return f"line {row.split('+')[1].split(',')[0].split(' ')[0]}"
