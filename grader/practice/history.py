"""The attempts of a learner: one small SQLite file on their own machine, which nothing is graded by.

Losing the file loses no marks, so writing does not wait for the disk.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import GraderError
from ..model import CheckResult, Record, Result, record
from ..report import causes
from .place import kept

if TYPE_CHECKING:
    import sqlite3

NAME = "history.sqlite"
VERSION = 1
PATIENCE = 1.0  # seconds, for another command that is writing
COLUMNS = "at, exercise, file, score, possible, full, ran, headline, mistakes, lost"
TABLE = f"CREATE TABLE IF NOT EXISTS tries (id INTEGER PRIMARY KEY, {COLUMNS})"


class HistoryError(GraderError):
    """The history cannot be read or written. The message says where it is and why."""


@record()
class Mistake(Record):
    """A misconception that an attempt showed, and the checks it cost."""

    slug: str
    title: str
    checks: tuple[str, ...]


@record()
class Try(Record):
    """One attempt: when (seconds since 1970), at what, with which file, for how many points.

    `file` is '' for cells of a notebook. `ran` is whether it could be loaded, `headline` what cost most, `lost` the
    checks that were lost.
    """

    at: float
    exercise: str
    file: str
    score: float
    possible: float
    full: bool
    ran: bool = True
    headline: str = ""
    mistakes: tuple[Mistake, ...] = ()
    lost: tuple[str, ...] = ()


def place() -> Path:
    """The file, whether it is there or not."""
    return kept() / NAME


def remember(results: Sequence[Result]) -> None:
    """Add these results; those that an error of ours spoiled are left out. Raises HistoryError."""
    rows = [_row(tried(result)) for result in results if not result.internal_error]
    with _opened(write=True) as connection:
        marks = ", ".join("?" * len(COLUMNS.split(", ")))
        connection.executemany(f"INSERT INTO tries ({COLUMNS}) VALUES ({marks})", rows)


def tries() -> list[Try]:
    """All attempts, the oldest first; none where nothing was remembered yet. Raises HistoryError."""
    if not place().exists():
        return []
    with _opened() as connection:
        return [_try(row) for row in connection.execute(f"SELECT {COLUMNS} FROM tries ORDER BY at, id")]


def tried(result: Result) -> Try:
    """What is remembered of a result."""
    return Try(
        at=time.time(),
        exercise=result.exercise,
        file=os.path.abspath(result.file) if result.file else "",
        score=result.score,
        possible=result.max_score,
        full=result.full_marks,
        ran=result.unloaded is None,
        headline=causes.headline(result.causes[0], result) if result.causes else "",
        mistakes=_mistakes(result.checks),
        lost=tuple(check.name for check in result.checks if check.score < check.max_score),
    )


def _mistakes(checks: Sequence[CheckResult]) -> tuple[Mistake, ...]:
    named = {check.misconception.slug: check.misconception.title for check in checks if check.misconception}
    return tuple(
        Mistake(slug, title, tuple(c.name for c in checks if c.misconception and c.misconception.slug == slug))
        for slug, title in named.items()
    )


# ---------------------------------------------------------------- rows


def _row(found: Try) -> tuple[Any, ...]:
    mistakes = json.dumps([[m.slug, m.title, m.checks] for m in found.mistakes])
    values = vars(found) | {"mistakes": mistakes, "lost": json.dumps(found.lost)}
    return tuple(values[name] for name in COLUMNS.split(", "))


def _try(row: tuple[Any, ...]) -> Try:
    *plain, mistakes, lost = row
    at, exercise, file, score, possible, full, ran, headline = plain
    made = tuple(Mistake(slug, title, tuple(checks)) for slug, title, checks in json.loads(mistakes))
    return Try(at, exercise, file, score, possible, bool(full), bool(ran), headline, made, tuple(json.loads(lost)))


@contextlib.contextmanager
def _opened(write: bool = False) -> Iterator[sqlite3.Connection]:
    """The file, made if it is to be written to. Raises HistoryError for whatever is wrong with it."""
    import sqlite3

    try:
        if write:
            place().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.closing(sqlite3.connect(place(), timeout=PATIENCE)) as connection:
            _prepare(connection, write)
            with connection:
                yield connection
    except (OSError, sqlite3.Error, ValueError, TypeError) as error:
        raise HistoryError(f"{place()}: {getattr(error, 'strerror', None) or error}") from error


def _prepare(connection: sqlite3.Connection, write: bool) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ValueError("it was written by a newer version of the grader")
    if write and version < VERSION:
        connection.execute(TABLE)
        connection.execute(f"PRAGMA user_version = {VERSION}")
